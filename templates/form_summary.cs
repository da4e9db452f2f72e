<?cs # form_summary.cs: what stands above a form: what is wrong, what to look at, mine and theirs after a conflict ?>
<?cs if:subcount(Form.errors) ?><div class="summary" role="alert" tabindex="-1" id="summary" data-focus>
  <h2><?cs if:subcount(Form.errors) == 1 ?><?cs var:_("Mend the mistake") ?><?cs else ?><?cs var:_("Mend the mistakes") ?>: <?cs var:subcount(Form.errors) ?><?cs /if ?></h2>
  <ul><?cs each:row = Form.errors ?>
    <li><?cs if:row.name == "_" ?><?cs var:row.text ?><?cs else ?><a href="#field-<?cs var:row.name ?>"><?cs var:row.text ?></a><?cs /if ?></li><?cs /each ?>
  </ul>
</div><?cs /if ?>
<?cs if:subcount(Form.conflict) ?><div class="summary summary-warn" role="alert" tabindex="-1" data-focus>
  <h2><?cs var:_("Somebody else changed this meanwhile") ?></h2>
  <?cs if:Form.conflict_by ?><p><?cs var:Form.conflict_by ?></p><?cs /if ?>
  <p><?cs var:_("Your values stand in the form below. Look at the difference and save again.") ?></p>
  <table class="table">
    <thead><tr><th scope="col"><?cs var:_("Field") ?></th><th scope="col"><?cs var:_("Yours") ?></th><th scope="col"><?cs var:_("Theirs") ?></th></tr></thead>
    <tbody><?cs each:row = Form.conflict ?>
      <tr><th scope="row"><?cs var:row.label ?></th><td><?cs var:row.mine ?></td><td><?cs var:row.theirs ?></td></tr><?cs /each ?>
    </tbody>
  </table>
</div><?cs /if ?>
<?cs if:subcount(Form.warnings) ?><div class="summary summary-warn" role="status">
  <ul><?cs each:row = Form.warnings ?>
    <li><?cs if:row.name == "_" ?><?cs var:row.text ?><?cs else ?><a href="#field-<?cs var:row.name ?>"><?cs var:row.text ?></a><?cs /if ?></li><?cs /each ?>
  </ul>
</div><?cs /if ?>
