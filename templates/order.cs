<?cs # order.cs: an order: its particulars, the scan, the people it moved, its history ?>
<?cs include:"layout_head.cs" ?>
<section class="sheet sheet-body"><?cs include:"form_facts.cs" ?><?cs if:Order.process ?><p><a href="<?cs var:Order.process ?>"><?cs var:_("The process of this order") ?></a></p><?cs /if ?></section>
<section class="sheet sheet-body"><h2 class="sheet-title"><?cs var:_("Scan") ?></h2>
  <?cs if:subcount(Order.scans) ?><?cs each:scan = Order.scans ?><p><a href="<?cs var:scan.href ?>"><?cs var:scan.name ?></a> <?cs var:scan.size ?></p>
  <?cs if:subcount(scan.pages) ?><p class="scan-pages"><?cs each:page = scan.pages ?><a href="<?cs var:page.src ?>" target="_blank"><img class="scan-page" src="<?cs var:page.src ?>" alt="<?cs var:_("Page of the scan:") ?> <?cs var:scan.name ?>"></a><?cs /each ?></p><?cs /if ?><?cs /each ?>
  <?cs else ?><p class="list-empty"><?cs var:_("The order has no scan.") ?></p><?cs /if ?></section>
<?cs if:subcount(Order.people) ?><section class="sheet"><div class="list-scroll" tabindex="0" role="region" aria-label="<?cs var:_("Pupils of this order") ?>"><table class="table">
  <thead><tr><th scope="col" class="cell-sticky"><?cs var:_("Full name") ?></th><th scope="col"><?cs var:_("Movement") ?></th><th scope="col"><?cs var:_("To") ?></th><th scope="col"><?cs var:_("Date") ?></th></tr></thead>
  <tbody><?cs each:row = Order.people ?>
    <tr><td class="cell-sticky"><a href="<?cs var:row.href ?>"><?cs var:row.name ?></a></td><td><?cs var:row.kind ?></td><td><?cs var:row.class ?></td><td class="cell-date"><?cs var:row.date ?></td></tr><?cs /each ?>
  </tbody></table></div></section><?cs /if ?>
<?cs if:subcount(History) ?><h2 class="sheet-title"><?cs var:_("History") ?></h2><?cs include:"history.cs" ?><?cs /if ?>
<?cs include:"layout_foot.cs" ?>
