<?cs # process_check.cs: check your answers, before anything that moves many people ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"process_steps.cs" ?>
<?cs include:"form_summary.cs" ?>
<form class="sheet form" method="post" action="<?cs var:Process.action ?>">
  <?cs include:"process_hidden.cs" ?>
  <input type="hidden" name="checked" value="1">
  <?cs include:"process_apart.cs" ?>
  <?cs include:"process_rows.cs" ?>
  <?cs include:"form_facts.cs" ?>
  <?cs include:"process_preview.cs" ?>
  <p><a href="<?cs var:Process.action ?>"><?cs var:_("Change") ?></a></p>
  <div class="form-end">
    <button class="btn btn-primary" name="action" value="submit"><?cs var:Process.submit ?></button>
    <button class="btn btn-plain" name="action" value="cancel"><?cs var:_("Cancel") ?></button>
  </div>
  <div class="form-links"><?cs if:Process.paper.href ?><a href="<?cs var:Process.paper.href ?>"><?cs var:Process.paper.label ?></a> <?cs /if ?><a href="<?cs var:Process.tasks_href ?>"><?cs var:_("Task list") ?></a> <a href="<?cs var:Process.diagram_href ?>"><?cs var:_("Process diagram") ?></a></div>
</form>
<?cs include:"layout_foot.cs" ?>
