<?cs # process_side.cs: beside a process: its diagram and what will be done ?>
<aside class="side" aria-label="<?cs var:_("About this process") ?>">
  <section class="sheet side-part" id="diagram"><h2 class="sheet-title"><?cs var:_("Process diagram") ?></h2>
    <?cs include:"process_diagram.cs" ?></section>
  <section class="sheet side-part" id="will"<?cs if:!subcount(Will) ?> hidden<?cs /if ?>><h2 class="sheet-title"><?cs var:_("What will be done") ?></h2>
    <?cs each:will = Will ?><p><?cs var:will.text ?></p><?cs /each ?></section>
</aside>
