<?cs # output.cs: the dialog of an output form ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<form class="sheet form" method="post" action="<?cs var:Output.action ?>" novalidate>
  <?cs include:"form_hidden.cs" ?>
  <?cs include:"form_fields.cs" ?>
  <div class="form-end"><button class="btn btn-primary" name="action" value="submit"><?cs var:_("Make the document") ?></button></div>
</form>
<?cs include:"layout_foot.cs" ?>
