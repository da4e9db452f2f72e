<?cs # import.cs: one import: what it will change, its rows with their reasons, and what can be done with it ?>
<?cs include:"layout_head.cs" ?>
<section class="sheet form" id="import"<?cs if:Import.poll ?> hx-get="<?cs var:Import.poll ?>" hx-trigger="every 1s" hx-select="main" hx-target="main" hx-swap="outerHTML"<?cs /if ?>>
  <p class="done-text" role="status"><?cs var:Import.state_words ?></p>
  <?cs if:Import.poll ?><progress aria-label="<?cs var:Import.state_words ?>"></progress><?cs /if ?>
  <?cs if:Import.fault ?><p class="flash flash-warn" role="alert"><?cs var:Import.fault ?></p><?cs /if ?>
  <?cs if:subcount(Import.counts) ?><div class="list-scroll" tabindex="0" role="region" aria-label="<?cs var:Import.state_words ?>"><table class="table">
    <thead><tr><th scope="col"><?cs var:_("Kind") ?></th><th scope="col" class="cell-number"><?cs var:_("New") ?></th><th scope="col" class="cell-number"><?cs var:_("Same") ?></th><th scope="col" class="cell-number"><?cs var:_("Changed") ?></th><th scope="col" class="cell-number"><?cs var:_("In conflict") ?></th><th scope="col" class="cell-number"><?cs var:_("Rejected") ?></th></tr></thead>
    <tbody><?cs each:row = Import.counts ?>
      <tr><th scope="row"><?cs var:row.label ?></th><td class="cell-number"><?cs var:number(row.new) ?></td><td class="cell-number"><?cs var:number(row.same) ?></td><td class="cell-number"><?cs var:number(row.changed) ?></td><td class="cell-number"><?cs var:number(row.conflict) ?></td><td class="cell-number"><?cs var:number(row.rejected) ?></td></tr><?cs /each ?>
    </tbody>
  </table></div><?cs /if ?>
  <?cs if:Import.may_apply ?><form class="form-end" method="post" action="<?cs var:Import.action ?>">
    <?cs include:"form_hidden.cs" ?>
    <p><?cs var:_("New and changed rows will be written, rows in conflict and rejected ones are left out.") ?></p>
    <button class="btn btn-primary" name="action" value="apply"><?cs var:_("Apply") ?></button>
  </form><?cs /if ?>
  <?cs if:Import.may_undo ?><form class="form-end" method="post" action="<?cs var:Import.action ?>">
    <?cs include:"form_hidden.cs" ?>
    <p><?cs var:_("One order for each organisation cancels the movements of this import; classes and files stay.") ?></p>
    <button class="btn btn-plain" name="action" value="undo"><?cs var:_("Cancel the import by order") ?></button>
  </form><?cs /if ?>
</section>
<?cs if:List.id ?><?cs include:"list_table.cs" ?><?cs /if ?>
<?cs include:"layout_foot.cs" ?>
