<?cs # process_preview.cs: what a back-dated order changes on dates that have passed: whom, and how many there are in the classes ?>
<?cs if:subcount(Change.rows) ?><section class="rows" aria-labelledby="change"><h2 class="sheet-title" id="change"><?cs var:_("What changes on dates that have passed") ?></h2>
  <div class="list-scroll" tabindex="0" role="region" aria-labelledby="change"><table class="table">
    <thead><tr><th scope="col" class="cell-sticky"><?cs var:_("Full name") ?></th><th scope="col"><?cs var:_("Effective from") ?></th><th scope="col"><?cs var:_("Until") ?></th><th scope="col"><?cs var:_("Was") ?></th><th scope="col"><?cs var:_("Becomes") ?></th><th scope="col"><?cs var:_("What follows") ?></th></tr></thead>
    <tbody><?cs each:row = Change.rows ?>
      <tr><td class="cell-sticky"><?cs var:row.who ?></td><td class="cell-date"><?cs var:row.from ?></td><td class="cell-date"><?cs var:row.until ?></td><td><?cs var:row.before ?></td><td><?cs var:row.after ?></td><td><?cs var:row.then ?></td></tr><?cs /each ?>
    </tbody>
  </table></div>
  <?cs if:Change.count > subcount(Change.rows) ?><p><?cs var:_("Shown:") ?> <?cs var:subcount(Change.rows) ?> / <?cs var:number(Change.count) ?></p><?cs /if ?>
  <?cs if:subcount(Change.totals) ?><ul><?cs each:total = Change.totals ?><li><?cs var:total.text ?></li><?cs /each ?></ul><?cs /if ?>
</section><?cs /if ?>
