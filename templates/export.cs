<?cs # export.cs: what goes into the package, and the button that makes it ?>
<?cs include:"layout_head.cs" ?>
<form class="sheet form" method="post" action="<?cs var:Page.address ?>">
  <?cs include:"form_hidden.cs" ?>
  <p><?cs var:_("The package holds the classes, pupils, orders with their scans and movements of this organisation as XML. Another installation takes it in by “Import of the contingent”.") ?></p>
  <?cs if:Export.without_health ?><p><?cs var:_("What files say of health stays here: you do not see it.") ?></p><?cs /if ?>
  <?cs include:"form_facts.cs" ?>
  <div class="form-end"><button class="btn btn-primary"><?cs var:_("Export") ?></button></div>
</form>
<?cs include:"layout_foot.cs" ?>
