<?cs # form.cs: a page that edits one record ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<form class="sheet form" id="record" method="post" action="<?cs var:Page.address ?>"<?cs if:Form.uploads ?> enctype="multipart/form-data"<?cs /if ?> novalidate data-form>
  <?cs include:"form_hidden.cs" ?>
  <input type="hidden" name="version" value="<?cs var:Form.version ?>">
  <?cs include:"form_fields.cs" ?>
  <div class="form-end">
    <button class="btn btn-primary" name="action" value="submit"><?cs if:Form.submit ?><?cs var:Form.submit ?><?cs else ?><?cs var:_("Save") ?><?cs /if ?></button>
    <?cs if:Form.back ?><a class="btn btn-plain" href="<?cs var:Form.back ?>"><?cs var:_("Cancel") ?></a><?cs /if ?>
    <?cs if:Form.removable ?><button class="btn btn-plain" name="action" value="delete"><?cs var:_("Delete") ?></button><?cs /if ?>
  </div>
</form>
<?cs include:"layout_foot.cs" ?>
