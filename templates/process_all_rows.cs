<?cs # process_all_rows.cs: all subjects of a process: found, set for one, for the ticked, for all found ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"process_steps.cs" ?>
<section class="sheet list">
<form class="list-filters" method="get" action="<?cs var:Rows.address ?>" role="search" aria-label="<?cs var:_("Search in the list") ?>" data-autosubmit>
  <label class="list-search"><span class="visually-hidden"><?cs var:_("Search in the list") ?></span><input class="form-control" type="search" name="q" value="<?cs var:Rows.search ?>" placeholder="<?cs var:_("Search in the list") ?>" autocomplete="off"></label>
  <?cs if:subcount(Rows.outcomes) ?><label><span class="visually-hidden"><?cs var:_("Outcome") ?></span><select class="form-select" name="outcome">
    <option value=""><?cs var:_("All outcomes") ?></option><?cs each:choice = Rows.outcomes ?>
    <option value="<?cs var:choice.value ?>"<?cs if:choice.selected ?> selected<?cs /if ?>><?cs var:choice.label ?></option><?cs /each ?>
  </select></label><?cs /if ?>
  <label class="choice"><input class="form-check-input" type="checkbox" name="only" value="1"<?cs if:Rows.only ?> checked<?cs /if ?>> <span><?cs var:_("Only those with a message") ?></span></label>
  <button class="btn btn-plain"><?cs var:_("Find") ?></button>
</form>
<form method="post" action="<?cs var:Rows.action ?>" data-ticks>
  <?cs include:"form_hidden.cs" ?>
  <input type="hidden" name="version" value="<?cs var:Process.version ?>">
  <?cs if:Rows.edit && subcount(Rows.fields) ?><div class="list-tools">
    <?cs each:field = Rows.fields ?><label for="<?cs var:field.id ?>"><?cs var:field.label ?></label> <?cs include:"form_input.cs" ?>
    <?cs /each ?><button class="btn btn-plain" name="action" value="ticked"><?cs var:_("Set for the ticked:") ?> <output data-ticked>0</output></button>
    <button class="btn btn-plain" name="action" value="found"><?cs var:_("Set for all found:") ?> <?cs var:number(List.total) ?></button>
  </div><?cs /if ?>
  <?cs if:subcount(Process.rows) ?><?cs include:"process_rows_table.cs" ?><?cs else ?><p class="list-empty"><?cs var:_("Nothing was found") ?></p><?cs /if ?>
  <div class="list-tools"><?cs if:Rows.edit && subcount(Process.rows) ?><button class="btn btn-primary" name="action" value="save"><?cs var:_("Save") ?></button><?cs /if ?>
    <a class="btn btn-plain" href="<?cs var:Process.action ?>"><?cs var:_("Back to the process") ?></a></div>
</form>
<?cs include:"list_end.cs" ?>
</section>
<?cs include:"layout_foot.cs" ?>
