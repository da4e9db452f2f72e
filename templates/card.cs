<?cs # card.cs: the page of a record with tabs, one at a time: its facts, a list of what belongs to it, its history ?>
<?cs include:"layout_head.cs" ?>
<?cs if:subcount(Form.shown) ?><section class="sheet sheet-body"><?cs if:Card.photo ?><img class="photo" src="<?cs var:Card.photo ?>" alt="<?cs var:_("Photo") ?>"><?cs /if ?><?cs include:"form_facts.cs" ?></section><?cs /if ?>
<?cs if:List.id ?><?cs if:subcount(Form.shown) ?><h2 class="sheet-heading"><?cs var:List.title ?></h2><?cs /if ?><?cs include:"list_table.cs" ?><?cs /if ?>
<?cs if:Card.history ?><?cs include:"history.cs" ?><?cs /if ?>
<?cs include:"layout_foot.cs" ?>
