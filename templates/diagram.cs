<?cs # diagram.cs: «Схема процесса» on a page of its own ?>
<?cs include:"layout_head.cs" ?>
<section class="sheet diagram-page"><?cs include:"process_diagram.cs" ?></section>
<p class="buttons"><a class="btn btn-plain" href="<?cs var:Process.action ?>"><?cs var:_("Back to the process") ?></a> <a class="btn btn-plain" href="<?cs var:Process.tasks_href ?>"><?cs var:_("Task list") ?></a></p>
<?cs include:"layout_foot.cs" ?>
