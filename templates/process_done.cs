<?cs # process_done.cs: what was done, its number, what next ?>
<?cs include:"layout_head.cs" ?>
<section class="sheet form done<?cs if:Process.state == "done" ?> done-ok<?cs /if ?>" id="done"<?cs if:Done.poll ?> hx-get="<?cs var:Done.poll ?>" hx-trigger="every 1s" hx-select="#done" hx-swap="outerHTML"<?cs /if ?>>
  <p class="done-text"><?cs if:Process.state == "done" ?><svg class="icon" aria-hidden="true"><use href="/static/<?cs var:Page.static.icons ?>#check-circle"></use></svg><?cs /if ?><?cs var:Done.text ?></p>
  <p class="done-number"><?cs var:_("Process number:") ?> <?cs var:Done.number ?></p>
  <?cs if:Done.poll ?><progress max="<?cs var:Done.all ?>" value="<?cs var:Done.done ?>" aria-label="<?cs var:Done.text ?>"></progress>
  <p><?cs var:number(Done.done) ?> / <?cs var:number(Done.all) ?></p><?cs /if ?>
  <?cs if:Done.why ?><p><?cs var:Done.why ?></p><?cs /if ?>
  <?cs if:Process.rows_listed ?><?cs include:"process_rows.cs" ?><?cs /if ?>
  <?cs include:"form_facts.cs" ?>
  <?cs if:Process.remark ?><p class="summary summary-warn"><?cs var:Process.remark ?></p><?cs /if ?>
  <div class="form-end">
    <?cs each:next = Done.next ?><a class="btn <?cs if:next.primary ?>btn-primary<?cs else ?>btn-plain<?cs /if ?>" href="<?cs var:next.href ?>"><?cs var:next.label ?></a>
    <?cs /each ?><button class="btn btn-quiet with-script" type="button" data-print><?cs var:_("Print") ?></button>
  </div>
  <div class="form-links"><?cs if:Process.paper.href ?><a href="<?cs var:Process.paper.href ?>"><?cs var:Process.paper.label ?></a> <?cs /if ?><a href="<?cs var:Process.tasks_href ?>"><?cs var:_("Task list") ?></a> <a href="<?cs var:Process.diagram_href ?>"><?cs var:_("Process diagram") ?></a></div>
</section>
<?cs include:"layout_foot.cs" ?>
