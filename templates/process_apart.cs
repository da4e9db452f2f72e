<?cs # process_apart.cs: the subjects of a process that are to be looked at first, above all others ?>
<?cs if:Process.apart.title ?><section class="rows" aria-labelledby="apart"><h2 class="sheet-title" id="apart"><?cs var:Process.apart.title ?></h2>
  <?cs if:subcount(Process.apart.rows) ?><div class="list-scroll" tabindex="0" role="region" aria-labelledby="apart"><table class="table">
    <thead><tr><th scope="col">№</th><th scope="col" class="cell-sticky"><?cs var:_("Full name") ?></th><?cs each:fact = Process.row_facts ?><th scope="col"><?cs var:fact.label ?></th><?cs /each ?><?cs if:Process.outcomes_shown ?><th scope="col"><?cs var:_("Outcome") ?></th><?cs /if ?></tr></thead>
    <tbody><?cs each:row = Process.apart.rows ?>
      <tr<?cs if:row.message ?> class="row-bad"<?cs /if ?>><td><?cs var:row.number ?></td><td class="cell-sticky"><?cs include:"process_row.cs" ?></td><?cs each:fact = row.facts ?><td><?cs var:fact.value ?></td><?cs /each ?><?cs if:Process.outcomes_shown ?><td><?cs var:row.outcome ?></td><?cs /if ?></tr><?cs /each ?>
    </tbody>
  </table></div><?cs if:Process.apart.count > subcount(Process.apart.rows) ?><p><?cs var:_("Shown:") ?> <?cs var:subcount(Process.apart.rows) ?> / <?cs var:number(Process.apart.count) ?></p><?cs /if ?>
  <?cs else ?><p class="list-empty"><?cs var:_("There are none") ?></p><?cs /if ?></section><?cs /if ?>
