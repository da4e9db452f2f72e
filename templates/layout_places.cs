<?cs # layout_places.cs: the choice of organisation and school year, in the bar and in the phone's menu ?>
<?cs if:subcount(Page.orgs) ?><h2><?cs var:_("Organisation") ?></h2>
<ul><?cs each:item = Page.orgs ?>
  <li><a href="<?cs var:item.href ?>"<?cs if:item.current ?> aria-current="true"<?cs /if ?>><?cs var:item.label ?></a></li><?cs /each ?>
</ul><?cs /if ?>
<?cs if:subcount(Page.years) ?><h2><?cs var:_("School year") ?></h2>
<ul><?cs each:item = Page.years ?>
  <li><a href="<?cs var:item.href ?>"<?cs if:item.current ?> aria-current="true"<?cs /if ?>><?cs var:item.label ?></a></li><?cs /each ?>
</ul><?cs /if ?>
