<?cs # periods.cs: the periods of a school year: the year chosen, the table edited in place, the strip, the history ?>
<?cs include:"layout_head.cs" ?>
<?cs if:subcount(Periods.years) ?><details class="menu years"><summary class="btn btn-plain"><?cs var:_("Choose a school year") ?></summary>
  <ul class="menu-body"><?cs each:item = Periods.years ?>
    <li><a href="<?cs var:item.href ?>"<?cs if:item.current ?> aria-current="true"<?cs /if ?>><?cs var:item.label ?></a></li><?cs /each ?>
  </ul>
</details><?cs /if ?>
<?cs include:"form_summary.cs" ?>
<?cs if:!Strip.width ?><p class="sheet sheet-body list-empty"><?cs var:_("The first and the last day of this school year are not set yet.") ?></p><?cs /if ?>
<?cs if:Periods.action ?><form class="sheet periods" method="post" action="<?cs var:Periods.action ?>" novalidate data-form>
  <?cs include:"form_hidden.cs" ?>
  <input type="hidden" name="state" value="<?cs var:Periods.state ?>">
  <button name="action" value="save" hidden><?cs var:_("Save") ?></button>
  <?cs if:subcount(Periods.rows) ?><table class="table">
    <thead><tr><th scope="col"><?cs var:_("Period name") ?></th><th scope="col"><?cs var:_("Start date") ?></th><th scope="col"><?cs var:_("End date") ?></th><th scope="col"><span class="visually-hidden"><?cs var:_("Actions") ?></span></th></tr></thead>
    <tbody><?cs each:row = Periods.rows ?>
      <tr><?cs loop:part = #0, #2 ?><?cs if:part == #0 ?><?cs set:Periods.at = row.kind ?><?cs elif:part == #1 ?><?cs set:Periods.at = row.starts_on ?><?cs else ?><?cs set:Periods.at = row.ends_on ?><?cs /if ?><?cs with:field = Form.fields[Periods.at] ?>
        <td class="field-<?cs var:field.kind ?>"><label class="cell-label" for="<?cs var:field.id ?>"><?cs var:field.label ?></label><?cs if:field.error ?><p class="field-error" id="<?cs var:field.id ?>-error"><?cs var:field.error ?></p><?cs /if ?><?cs include:"form_input.cs" ?></td><?cs /with ?><?cs /loop ?>
        <td class="cell-actions"><button class="btn btn-link" name="delete" value="<?cs var:row.id ?>" aria-label="<?cs var:_("Delete") ?>: <?cs var:row.label ?>"><?cs var:_("Delete") ?></button></td>
      </tr><?cs /each ?>
    </tbody>
  </table><?cs else ?><p class="list-empty sheet-body"><?cs var:_("There are no periods in this school year yet.") ?></p><?cs /if ?>
  <div class="form-end">
    <?cs if:subcount(Periods.rows) ?><button class="btn btn-primary" name="action" value="save"><?cs var:_("Save") ?></button><?cs /if ?>
    <?cs if:Periods.may_fill ?><button class="btn btn-primary" name="action" value="fill"><?cs var:_("Fill in the days of the school year") ?></button><?cs /if ?>
    <?cs if:Periods.may_add ?><button class="btn btn-plain" name="action" value="add"><?cs var:_("Add a new period") ?></button><?cs /if ?>
  </div>
</form><?cs /if ?>
<?cs if:Strip.width ?><?cs include:"period_strip.cs" ?>
<h2 class="sheet-title"><?cs var:_("History") ?></h2>
<?cs include:"history.cs" ?><?cs /if ?>
<?cs include:"layout_foot.cs" ?>
