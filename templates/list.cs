<?cs # list.cs: a whole-page list ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"list_table.cs" ?>
<?cs include:"layout_foot.cs" ?>
