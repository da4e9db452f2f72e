<?cs # feedback.cs: feedback on a page of its own, when the one sent was not understood ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<form class="sheet form" method="post" action="<?cs var:Page.feedback.action ?>" novalidate data-form>
  <?cs include:"form_hidden.cs" ?>
  <?cs include:"form_fields.cs" ?>
  <div class="form-end"><button class="btn btn-primary" name="action" value="submit"><?cs var:_("Send") ?></button></div>
</form>
<?cs include:"layout_foot.cs" ?>
