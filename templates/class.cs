<?cs # class.cs: the page of a class or group: its facts, its pupils, its history; one tab at a time ?>
<?cs include:"layout_head.cs" ?>
<?cs if:List.id ?><?cs include:"list_table.cs" ?><?cs /if ?>
<?cs if:subcount(Form.shown) ?><section class="sheet sheet-body"><?cs include:"form_facts.cs" ?></section><?cs /if ?>
<?cs if:Class.history ?><?cs include:"history.cs" ?><?cs /if ?>
<?cs include:"layout_foot.cs" ?>
