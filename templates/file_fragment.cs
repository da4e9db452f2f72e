<?cs # file_fragment.cs: one attached file: its tick, name and size, whether it is clean, its first page ?>
<li class="file">
  <label class="choice"><input class="form-check-input" type="checkbox"<?cs if:field.name ?> name="<?cs var:field.name ?>"<?cs /if ?> value="<?cs var:File.id ?>" checked> <span class="file-name"><?cs var:File.name ?> <small><?cs var:File.size ?></small></span></label>
  <div class="file-state"<?cs if:File.poll ?> hx-get="<?cs var:File.poll ?>" hx-trigger="load delay:1s" hx-select=".file-state" hx-swap="outerHTML"<?cs /if ?>>
    <?cs if:File.state == "bad" ?><p class="field-error"><?cs var:File.fault ?></p><?cs elif:File.state == "checking" ?><p class="file-checking"><?cs var:_("Being checked…") ?></p><?cs /if ?>
    <?cs if:File.preview ?><a href="<?cs var:File.preview ?>" target="_blank"><img class="file-page" src="<?cs var:File.preview ?>" alt="<?cs var:_("First page:") ?> <?cs var:File.name ?>"></a><?cs /if ?>
    <?cs if:File.href ?><a class="file-original" href="<?cs var:File.href ?>"><?cs var:_("Original") ?></a><?cs /if ?>
  </div>
</li>
