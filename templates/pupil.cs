<?cs # pupil.cs: the pupil's file: personal data, documents, movement, history; one tab at a time ?>
<?cs include:"layout_head.cs" ?>
<?cs if:Pupil.tab == "personal" ?><section class="sheet sheet-body"><?cs include:"form_facts.cs" ?></section>
<?cs elif:Pupil.tab == "documents" ?><section class="sheet">
  <?cs if:subcount(Documents) ?><div class="list-scroll" tabindex="0" role="region" aria-label="<?cs var:_("Documents") ?>"><table class="table">
    <thead><tr><th scope="col" class="cell-sticky"><?cs var:_("Kind of document") ?></th><th scope="col"><?cs var:_("Document number") ?></th><th scope="col"><?cs var:_("Issued") ?></th><th scope="col"><?cs var:_("Scan") ?></th></tr></thead>
    <tbody><?cs each:document = Documents ?>
      <tr><td class="cell-sticky"><?cs if:document.href ?><a href="<?cs var:document.href ?>"><?cs var:document.kind ?></a><?cs else ?><?cs var:document.kind ?><?cs /if ?></td><td><?cs var:document.number ?></td><td><?cs var:document.issued ?></td><td><?cs if:subcount(document.scans) ?><?cs each:scan = document.scans ?><a href="<?cs var:scan.href ?>"><?cs var:scan.label ?></a> <?cs /each ?><?cs else ?><span class="chip"><?cs var:_("no scan") ?></span><?cs /if ?></td></tr><?cs /each ?>
    </tbody></table></div>
  <?cs else ?><p class="list-empty sheet-body"><?cs var:_("No documents yet.") ?></p><?cs /if ?>
</section>
<?cs elif:Pupil.tab == "movement" ?><section class="sheet">
  <?cs if:subcount(Movements) ?><div class="list-scroll" tabindex="0" role="region" aria-label="<?cs var:_("Movement") ?>"><table class="table">
    <thead><tr><th scope="col" class="cell-sticky"><?cs var:_("Date") ?></th><th scope="col"><?cs var:_("Movement") ?></th><th scope="col"><?cs var:_("From") ?></th><th scope="col"><?cs var:_("To") ?></th><th scope="col"><?cs var:_("Order") ?></th></tr></thead>
    <tbody><?cs each:row = Movements ?>
      <tr><td class="cell-sticky cell-date"><?cs var:row.date ?></td><td><?cs var:row.kind ?><?cs if:row.voided ?> <span class="chip chip-bad"><?cs var:_("cancelled") ?></span><?cs /if ?></td><td><?cs var:row.from ?></td><td><?cs var:row.to ?></td><td><?cs if:row.href ?><a href="<?cs var:row.href ?>"><?cs var:row.order ?></a><?cs else ?><?cs var:row.order ?><?cs /if ?></td></tr><?cs /each ?>
    </tbody></table></div>
  <?cs else ?><p class="list-empty sheet-body"><?cs var:_("No movements yet: the first one is the enrolment by order.") ?></p><?cs /if ?>
</section>
<?cs else ?><?cs include:"history.cs" ?><?cs /if ?>
<?cs include:"layout_foot.cs" ?>
