<?cs # history.cs: «История» of a card: who, when, from, to; included by the pages that show it ?>
<section class="sheet sheet-body" id="history">
  <?cs if:subcount(History) ?><ol class="history"><?cs each:row = History ?>
    <li><p><b><?cs var:row.action ?></b> <span><?cs var:row.when ?> · <?cs var:row.who ?></span></p><?cs if:row.summary ?><p><?cs var:row.summary ?></p><?cs /if ?>
      <?cs if:subcount(row.fields) ?><dl><?cs each:field = row.fields ?>
        <div><dt><?cs var:field.label ?></dt><dd><?cs if:field.before ?><del><?cs var:field.before ?></del> → <?cs /if ?><ins><?cs var:field.after ?></ins></dd></div><?cs /each ?>
      </dl><?cs /if ?></li><?cs /each ?>
  </ol><?cs else ?><p class="list-empty"><?cs var:_("No changes yet.") ?></p><?cs /if ?>
</section>
