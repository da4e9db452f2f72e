<?cs # process_rows_table.cs: subjects with the values of their row fields, to be set or to be read ?>
<div class="list-scroll" tabindex="0" role="region" aria-label="<?cs var:_("Chosen") ?>"><table class="table table-rows">
  <thead><tr><?cs if:Rows.edit ?><th class="cell-tick" scope="col"><input class="form-check-input with-script" type="checkbox" data-tick-page aria-label="<?cs var:_("Tick all lines of this page") ?>"></th><?cs /if ?><th scope="col" class="cell-sticky"><?cs var:_("Full name") ?></th><?cs each:field = Process.row_fields ?><th scope="col"><?cs var:field.label ?></th><?cs /each ?></tr></thead>
  <tbody><?cs each:row = Process.rows ?>
    <tr<?cs if:row.message ?> class="row-bad"<?cs /if ?>><?cs if:Rows.edit ?><td class="cell-tick"><input class="form-check-input" type="checkbox" name="ids" value="<?cs var:row.id ?>" aria-label="<?cs var:_("Tick line") ?> <?cs var:row.label ?>"></td><?cs /if ?><td class="cell-sticky"><?cs include:"process_row.cs" ?></td><?cs each:field = row.cells ?><td><?cs if:field.words ?><?cs var:field.words ?><?cs else ?><?cs include:"form_input.cs" ?><?cs /if ?></td><?cs /each ?></tr><?cs /each ?>
  </tbody>
</table></div>
