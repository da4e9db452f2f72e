<?cs # process.cs: a step of a process: known facts, fields, buttons; at confirmation the answers and the outcomes ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"process_steps.cs" ?>
<?cs include:"form_summary.cs" ?>
<form class="sheet form" method="post" action="<?cs var:Process.action ?>" enctype="multipart/form-data" novalidate data-form>
  <?cs include:"process_hidden.cs" ?>
  <?cs include:"process_apart.cs" ?>
  <?cs include:"form_fields.cs" ?>
  <?cs if:Process.rows_listed ?><?cs include:"process_rows.cs" ?><?cs elif:Process.rows_later ?><div id="rows"></div><?cs /if ?>
  <?cs include:"process_preview.cs" ?>
  <?cs if:subcount(Process.outcomes) ?><div class="field field-lines field-group">
    <label class="field-label" for="field-remark"><?cs var:_("Remark") ?></label>
    <div class="field-body"><textarea class="form-control" id="field-remark" name="remark" rows="2" maxlength="2000"><?cs var:Process.remark ?></textarea>
      <p class="field-hint"><?cs var:_("Needed to return or refuse: the person will read it.") ?></p></div>
  </div><?cs elif:Process.remark ?><p class="summary summary-warn"><?cs var:Process.remark ?></p><?cs /if ?>
  <div class="form-end">
    <?cs if:subcount(Process.outcomes) ?><?cs each:outcome = Process.outcomes ?><button class="btn <?cs if:first(outcome) ?>btn-primary<?cs else ?>btn-plain<?cs /if ?>" name="action" value="<?cs var:outcome.value ?>"><?cs var:outcome.label ?></button>
    <?cs /each ?><?cs else ?><button class="btn btn-primary" name="action" value="submit"><?cs var:Process.submit ?></button>
    <?cs if:Process.show_back ?><button class="btn btn-plain" name="action" value="back"><?cs var:_("Back") ?></button><?cs /if ?>
    <button class="btn btn-plain" name="action" value="cancel" data-leave><?cs var:_("Cancel") ?></button>
    <?cs if:Process.paper.label ?><button class="btn btn-plain" name="action" value="paper" data-leave><?cs var:Process.paper.label ?></button><?cs /if ?>
    <button class="btn btn-quiet" name="action" value="draft" data-leave><?cs var:_("Save the draft") ?></button><?cs /if ?>
  </div>
  <div class="form-links"><?cs if:subcount(Process.outcomes) && Process.paper.href ?><a href="<?cs var:Process.paper.href ?>"><?cs var:Process.paper.label ?></a> <?cs /if ?><?cs if:Process.saved ?><span><?cs var:_("Draft saved:") ?> <?cs var:Process.saved ?></span><?cs /if ?><a href="<?cs var:Process.tasks_href ?>"><?cs var:_("Task list") ?></a> <a href="<?cs var:Process.diagram_href ?>"><?cs var:_("Process diagram") ?></a></div>
</form>
<?cs include:"layout_foot.cs" ?>
