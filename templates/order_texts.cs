<?cs # order_texts.cs: the kinds of orders, and which of them say the organisation's own words ?>
<?cs include:"layout_head.cs" ?>
<section class="sheet"><p class="sheet-body"><?cs var:_("What an order says when it is printed to be signed, in each language.") ?></p>
<div class="list-scroll" tabindex="0" role="region" aria-label="<?cs var:_("Texts of orders") ?>"><table class="table">
  <thead><tr><th scope="col"><?cs var:_("Kind of order") ?></th><th scope="col"><?cs var:_("Text") ?></th></tr></thead>
  <tbody><?cs each:row = Texts ?>
    <tr><td><a href="<?cs var:row.href ?>"><?cs var:row.title ?></a></td><td><?cs if:row.own ?><?cs var:_("own words") ?><?cs else ?><?cs var:_("usual words") ?><?cs /if ?></td></tr><?cs /each ?>
  </tbody></table></div></section>
<?cs include:"layout_foot.cs" ?>
