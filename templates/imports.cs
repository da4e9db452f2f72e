<?cs # imports.cs: the upload of a package or XML, and the imports there were ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<form class="sheet form" method="post" action="<?cs var:Imports.action ?>" enctype="multipart/form-data" novalidate>
  <?cs include:"form_hidden.cs" ?>
  <div class="fields" id="fields">
    <p class="star-note"><span class="star">*</span> – <?cs var:_("a required field") ?></p>
    <div class="field<?cs if:Imports.refused ?> field-bad<?cs /if ?>">
      <label class="field-label" for="field-package"><?cs var:_("Package (ZIP) or XML file") ?> <span class="star" aria-hidden="true">*</span></label>
      <div class="field-body">
        <?cs if:Imports.refused ?><p class="field-error" id="field-package-error"><?cs var:Imports.refused ?></p><?cs /if ?>
        <input class="form-control<?cs if:Imports.refused ?> is-invalid<?cs /if ?>" type="file" id="field-package" name="package" accept=".zip,.xml,application/zip,application/xml,text/xml" required aria-describedby="<?cs if:Imports.refused ?>field-package-error <?cs /if ?>field-package-hint">
        <p class="field-hint" id="field-package-hint"><?cs var:_("Nothing changes before you have seen what the file brings and applied it.") ?> <?cs var:_("At most, in megabytes:") ?> <?cs var:Imports.max_mb ?></p>
      </div>
    </div>
  </div>
  <div class="form-end"><button class="btn btn-primary"><?cs var:_("Upload") ?></button></div>
</form>
<?cs if:subcount(Imports.rows) ?><section class="sheet"><table class="table">
  <thead><tr><th scope="col"><?cs var:_("File") ?></th><th scope="col"><?cs var:_("When") ?></th><th scope="col"><?cs var:_("State") ?></th></tr></thead>
  <tbody><?cs each:row = Imports.rows ?>
    <tr><td><a href="<?cs var:row.href ?>"><?cs var:row.name ?></a></td><td><?cs var:row.when ?></td><td><?cs var:row.state ?></td></tr><?cs /each ?>
  </tbody>
</table></section><?cs /if ?>
<?cs include:"layout_foot.cs" ?>
