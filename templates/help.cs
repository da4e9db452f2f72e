<?cs # help.cs: help for the page one came from ?>
<?cs include:"layout_head.cs" ?>
<?cs each:section = Help.sections ?><section class="sheet sheet-body help"><h2><?cs var:section.title ?></h2>
  <?cs each:line = section.lines ?><p><?cs var:line.text ?></p><?cs /each ?></section><?cs /each ?>
<?cs include:"layout_foot.cs" ?>
