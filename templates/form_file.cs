<?cs # form_file.cs: a scan: chosen, dropped or taken by a phone's camera; what is attached already; one uploaded before ?>
<div class="drop<?cs if:subcount(field.files) ?> drop-filled<?cs /if ?>" data-drop="<?cs var:field.name ?>" data-upload="<?cs var:Process.upload ?><?cs var:Page.upload ?>"<?cs if:field.several ?> data-several<?cs /if ?> data-failed="<?cs var:_("The file did not arrive. Try again.") ?>" data-sending="<?cs var:_("Sending") ?>">
  <ul class="files" aria-live="polite"><?cs each:File = field.files ?><?cs include:"file_fragment.cs" ?><?cs /each ?></ul>
  <div class="drop-body">
    <svg class="drop-picture" viewBox="0 0 46 84" aria-hidden="true"><rect x=".5" y=".5" width="45" height="83" rx="2"></rect><path d="M13 9h20"></path><path class="drop-lines" d="M7 19h32M7 26h32M7 33h26M7 40h32M7 47h18"></path></svg>
    <div>
      <p class="drop-words"><b class="with-script"><?cs var:_("Drag a file here") ?></b> <span class="with-script"><?cs var:_("or") ?></span> <label class="drop-choose with-script" for="<?cs var:field.id ?>"><?cs var:_("choose it") ?></label><span class="drop-camera with-script">, <label><?cs var:_("take a photo") ?><input type="file" accept="image/*" capture="environment" data-camera></label></span></p>
      <input class="form-control" type="file" accept=".pdf,.jpg,.jpeg,.png,.tif,.tiff,application/pdf,image/jpeg,image/png,image/tiff"<?cs if:field.several ?> multiple<?cs /if ?><?cs include:"form_attributes.cs" ?>>
      <p class="field-hint"><?cs var:_("PDF, JPEG, PNG or TIFF, up to 20 MB.") ?><?cs if:subcount(field.earlier) ?> <?cs var:_("One uploaded before can be taken again:") ?><?cs /if ?></p>
      <?cs each:earlier = field.earlier ?><label class="choice"><input class="form-check-input" type="checkbox" name="<?cs var:field.name ?>" value="<?cs var:earlier.id ?>"> <span><?cs var:earlier.name ?></span></label><?cs /each ?>
    </div>
  </div>
</div>
