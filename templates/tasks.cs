<?cs # tasks.cs: «Список задач» ?>
<?cs include:"layout_head.cs" ?>
<section class="sheet sheet-body">
  <?cs if:subcount(Tasks.rows) ?><?cs include:"tasks_rows.cs" ?><?cs if:Tasks.count > subcount(Tasks.rows) ?><p class="sheet-note"><?cs var:_("In all:") ?> <?cs var:number(Tasks.count) ?></p><?cs /if ?>
  <?cs else ?><p class="list-empty"><?cs var:_("Nothing waits for you.") ?></p><?cs /if ?>
</section>
<?cs include:"layout_foot.cs" ?>
