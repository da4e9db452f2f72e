<?cs # search.cs: what the quick search found, by kind ?>
<?cs include:"layout_head.cs" ?>
<form class="search-again" role="search" method="post" action="<?cs var:Page.search.href ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <input class="form-control" name="q" type="search" value="<?cs var:Search.q ?>" aria-label="<?cs var:_("Search") ?>" autocomplete="off">
  <button class="btn btn-primary"><?cs var:_("Find") ?></button>
</form>
<?cs if:Search.empty ?><p class="list-empty" role="status"><?cs var:Search.empty ?></p><?cs /if ?>
<?cs each:group = Search.groups ?><?cs if:subcount(group.hits) ?><section class="sheet sheet-body"><h2 class="sheet-title"><?cs var:group.label ?></h2>
  <ul class="hits"><?cs each:hit = group.hits ?>
    <li><a href="<?cs var:hit.href ?>"><?cs var:hit.text ?></a><?cs if:hit.detail ?> <span><?cs var:hit.detail ?></span><?cs /if ?></li><?cs /each ?>
  </ul></section><?cs /if ?><?cs /each ?>
<?cs include:"layout_foot.cs" ?>
