<?cs # settings.cs: settings of the organisation or the installation ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<form class="sheet form" method="post" action="<?cs var:Page.address ?>" novalidate data-form>
  <?cs include:"form_hidden.cs" ?>
  <?cs include:"form_fields.cs" ?>
  <div class="form-end"><button class="btn btn-primary" name="action" value="submit"><?cs var:_("Save") ?></button></div>
</form>
<?cs include:"layout_foot.cs" ?>
