<?cs # job.cs: background work: how far it is, what it said, what it made ?>
<?cs include:"layout_head.cs" ?>
<section class="sheet form" id="job"<?cs if:Job.poll ?> hx-get="<?cs var:Job.poll ?>" hx-trigger="every 1s" hx-select="#job" hx-swap="outerHTML"<?cs /if ?>>
  <p class="done-text" role="status"><?cs var:Job.state_label ?></p>
  <?cs if:Job.poll ?><progress max="<?cs if:Job.all ?><?cs var:Job.all ?><?cs else ?>100<?cs /if ?>"<?cs if:Job.all ?> value="<?cs var:Job.done ?>"<?cs /if ?> aria-label="<?cs var:Page.title ?>"></progress>
  <?cs if:Job.all ?><p><?cs var:number(Job.done) ?> / <?cs var:number(Job.all) ?></p><?cs /if ?><?cs /if ?>
  <?cs if:subcount(Job.lines) ?><ul><?cs each:line = Job.lines ?><li><?cs var:line.text ?></li><?cs /each ?></ul><?cs /if ?>
  <div class="form-end">
    <?cs if:Job.result ?><a class="btn btn-primary" href="<?cs var:Job.result ?>"><?cs var:_("Download") ?></a><?cs /if ?>
    <?cs if:Job.next ?><a class="btn btn-primary" href="<?cs var:Job.next ?>"><?cs var:_("Go on") ?></a><?cs /if ?>
    <?cs if:Job.cancel ?><form method="post" action="<?cs var:Job.cancel ?>"><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><button class="btn btn-plain"><?cs var:_("Cancel") ?></button></form><?cs /if ?>
  </div>
</section>
<?cs include:"layout_foot.cs" ?>
