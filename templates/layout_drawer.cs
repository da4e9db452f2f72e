<?cs # layout_drawer.cs: the menu of a phone: what the bars show where there is room ?>
<?cs if:Page.search.href ?><form class="drawer-search" method="post" action="<?cs var:Page.search.href ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <input class="form-control" name="q" type="search" aria-label="<?cs var:_("Search") ?>" placeholder="<?cs var:_("Find a person, a class, an order…") ?>" autocomplete="off">
</form><?cs /if ?>
<?cs if:Page.org.name ?><p class="drawer-place"><?cs var:Page.org.name ?><?cs if:Page.year.label ?> · <?cs var:Page.year.label ?><?cs /if ?></p><?cs /if ?>
<?cs if:subcount(Page.second) ?><ul><?cs each:item = Page.second ?>
  <li><a href="<?cs var:item.href ?>"<?cs if:item.current ?> aria-current="true"<?cs /if ?>><?cs var:item.label ?></a></li><?cs /each ?>
</ul><?cs /if ?>
<?cs if:subcount(Page.top) ?><h2><?cs var:_("Sections") ?></h2>
<ul><?cs each:item = Page.top ?>
  <li><a href="<?cs var:item.href ?>"<?cs if:item.current ?> aria-current="true"<?cs /if ?>><?cs var:item.label ?></a></li><?cs /each ?>
</ul><?cs /if ?>
<?cs include:"layout_places.cs" ?>
<?cs if:Page.signed_in ?><h2><?cs var:Page.person.name ?></h2>
<ul>
  <li><a href="<?cs var:Page.person.href ?>"><?cs var:_("Profile") ?></a></li>
  <?cs if:Page.help.href ?><li><a href="<?cs var:Page.help.href ?>"><?cs var:_("Help") ?></a></li><?cs /if ?>
  <li><form method="post" action="<?cs var:Page.sign_out.action ?>"><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><button><?cs var:_("Sign out") ?></button></form></li>
</ul><?cs /if ?>
