<?cs # organisation.cs: the card of an organisation: counts, data, history ?>
<?cs include:"layout_head.cs" ?>
<section class="sheet sheet-body"><?cs include:"form_facts.cs" ?></section>
<h2 class="sheet-title"><?cs var:_("History") ?></h2>
<?cs include:"history.cs" ?>
<?cs include:"layout_foot.cs" ?>
