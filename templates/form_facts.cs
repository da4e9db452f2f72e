<?cs # form_facts.cs: known facts, label and value ?>
<?cs if:subcount(Form.shown) ?><dl class="facts-list"><?cs each:fact = Form.shown ?>
  <div><dt><?cs var:fact.label ?></dt><dd><?cs if:!fact.value ?><span class="empty">–</span><?cs else ?><?cs var:fact.value ?><?cs /if ?></dd></div><?cs /each ?>
</dl><?cs /if ?>
