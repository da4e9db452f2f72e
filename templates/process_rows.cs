<?cs # process_rows.cs: the subjects of a process, each with its own values and what is wrong with it; many stand on a page of their own ?>
<div id="rows"><?cs if:subcount(Process.rows) == 0 && Process.row_count > 0 ?><p class="rows"><?cs var:_("Chosen:") ?> <b><?cs var:number(Process.row_count) ?></b> <?cs if:Process.rows_edit ?><button class="btn btn-plain" name="action" value="rows" data-leave><?cs var:_("Show all") ?></button><?cs elif:Process.rows_href ?><a href="<?cs var:Process.rows_href ?>"><?cs var:_("Show all") ?></a><?cs /if ?></p>
<?cs else ?><details class="rows"<?cs if:Process.row_count < 11 || subcount(Form.errors) || subcount(Process.row_fields) ?> open<?cs /if ?>>
  <summary><?cs var:_("Chosen:") ?> <b><?cs var:number(Process.row_count) ?></b></summary>
  <?cs if:subcount(Process.row_fields) ?><?cs include:"process_rows_table.cs" ?><?cs else ?><ol><?cs each:row = Process.rows ?>
    <li<?cs if:row.message ?> class="row-bad"<?cs /if ?>><?cs include:"process_row.cs" ?></li><?cs /each ?>
  </ol><?cs /if ?>
</details><?cs /if ?></div>
