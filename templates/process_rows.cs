<?cs # process_rows.cs: the subjects of a process, each with what is wrong with it ?>
<details class="rows"<?cs if:Process.row_count < 11 || subcount(Form.errors) ?> open<?cs /if ?>>
  <summary><?cs var:_("Chosen:") ?> <b><?cs var:number(Process.row_count) ?></b></summary>
  <ol><?cs each:row = Process.rows ?>
    <li<?cs if:row.message ?> class="row-bad"<?cs /if ?>><?cs if:row.href ?><a href="<?cs var:row.href ?>"><?cs var:row.label ?></a><?cs else ?><?cs var:row.label ?><?cs /if ?><?cs if:row.message ?> <span class="field-error"><?cs var:row.message ?></span><?cs /if ?></li><?cs /each ?>
  </ol>
</details>
