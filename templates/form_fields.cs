<?cs # form_fields.cs: the known facts and the fields of Form.*, each with its label, error, input and hint ?>
<div class="fields" id="fields">
<?cs include:"form_facts.cs" ?>
<?cs set:Form.starred = "" ?><?cs each:field = Form.fields ?><?cs if:field.required ?><?cs set:Form.starred = "1" ?><?cs /if ?><?cs /each ?>
<?cs if:Form.starred ?><p class="star-note"><span class="star">*</span> – <?cs var:_("a required field") ?></p><?cs /if ?>
<?cs each:field = Form.fields ?><?cs if:field.kind == "hidden" ?><input type="hidden" name="<?cs var:field.name ?>" value="<?cs var:field.value ?>"><?cs else ?>
<div class="field field-<?cs var:field.kind ?><?cs if:field.error ?> field-bad<?cs /if ?><?cs if:field.group ?> field-group<?cs /if ?><?cs if:field.wide ?> field-wide<?cs /if ?>"<?cs if:field.radio || field.kind == "ticks" ?> role="<?cs if:field.radio ?>radiogroup<?cs else ?>group<?cs /if ?>" aria-labelledby="<?cs var:field.id ?>-label"<?cs /if ?>>
  <?cs if:field.radio || field.kind == "ticks" ?><span class="field-label" id="<?cs var:field.id ?>-label"><?cs var:field.label ?><?cs if:field.required ?>&nbsp;<span class="star" aria-hidden="true">*</span><?cs /if ?></span><?cs elif:field.kind == "tick" ?><span class="field-label"></span><?cs else ?><label class="field-label" for="<?cs var:field.id ?>"><?cs var:field.label ?><?cs if:field.required ?>&nbsp;<span class="star" aria-hidden="true">*</span><?cs /if ?></label><?cs /if ?>
  <div class="field-body">
    <?cs if:field.error ?><p class="field-error" id="<?cs var:field.id ?>-error"><?cs var:field.error ?></p><?cs /if ?>
    <?cs if:field.mend ?><p class="field-mend"><?cs var:_("Perhaps this was meant:") ?> <button class="btn btn-plain" type="button" data-mend="<?cs var:field.id ?>" value="<?cs var:field.mend ?>"><?cs var:field.mend ?></button></p><?cs /if ?>
    <?cs include:"form_input.cs" ?>
    <?cs if:field.refresh ?><button class="btn btn-plain without-script" name="action" value="refresh"><?cs var:_("Show") ?></button><?cs /if ?>
    <?cs if:field.warning ?><p class="field-warning" id="<?cs var:field.id ?>-warning"><?cs var:field.warning ?></p><?cs /if ?>
    <?cs if:field.hint ?><p class="field-hint" id="<?cs var:field.id ?>-hint"><?cs var:field.hint ?></p><?cs /if ?>
  </div>
</div><?cs /if ?><?cs /each ?>
</div>
