<?cs # panel_contingent.cs: the left panel of the contingent: organisation, parallel, class; search; output forms and operations (CON-02, CON-03) ?>
<aside class="panel" id="panel" aria-label="<?cs var:_("Contingent") ?>">
  <form class="sheet panel-part" method="get" action="<?cs var:Panel.action ?>" data-autosubmit>
    <h2 class="sheet-title"><?cs var:_("Contingent") ?></h2>
    <?cs if:Panel.organisation ?><p class="panel-place"><?cs var:Panel.organisation ?></p><?cs /if ?>
    <?cs if:subcount(Panel.orgs) ?><label for="panel-org"><?cs var:_("Organisation") ?></label>
    <select class="form-select" id="panel-org" name="org"><?cs each:choice = Panel.orgs ?>
      <option value="<?cs var:choice.value ?>"<?cs if:choice.selected ?> selected<?cs /if ?>><?cs var:choice.label ?></option><?cs /each ?>
    </select><?cs /if ?>
    <label for="panel-grade"><?cs var:Panel.grade_label ?></label>
    <select class="form-select" id="panel-grade" name="grade">
      <option value=""><?cs var:_("All") ?></option><?cs each:choice = Panel.grades ?>
      <option value="<?cs var:choice.value ?>"<?cs if:choice.selected ?> selected<?cs /if ?>><?cs var:choice.label ?></option><?cs /each ?>
    </select>
    <div class="panel-radios" role="radiogroup" aria-label="<?cs var:_("Which classes") ?>">
      <label><input class="form-check-input" type="radio" name="archive" value="0"<?cs if:!Panel.archive ?> checked<?cs /if ?>> <?cs var:_("Current") ?></label>
      <label><input class="form-check-input" type="radio" name="archive" value="1"<?cs if:Panel.archive ?> checked<?cs /if ?>> <?cs var:_("Archive") ?></label>
    </div>
    <label for="panel-class"><?cs var:Panel.class_label ?></label>
    <select class="form-select" id="panel-class" name="class">
      <option value=""><?cs var:_("Choose") ?></option><?cs each:choice = Panel.classes ?>
      <option value="<?cs var:choice.value ?>"<?cs if:choice.selected ?> selected<?cs /if ?>><?cs var:choice.label ?></option><?cs /each ?>
    </select>
    <button class="btn btn-plain without-script"><?cs var:_("Show") ?></button>
    <?cs if:Panel.without_class.href ?><p class="panel-more"><a href="<?cs var:Panel.without_class.href ?>"><?cs var:Panel.without_class.label ?></a> <span><?cs var:Panel.without_class.count ?></span></p><?cs /if ?>
  </form>
  <?cs if:Panel.search.action ?><form class="sheet panel-part" method="post" action="<?cs var:Panel.search.action ?>">
    <h2 class="sheet-title"><label for="panel-search"><?cs var:_("Search") ?></label></h2>
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
    <div class="panel-search">
      <input class="form-control" id="panel-search" name="q" type="search" placeholder="<?cs var:_("name, IIN, number") ?>" autocomplete="off">
      <button class="btn btn-plain"><?cs var:_("Search") ?></button>
    </div>
  </form><?cs /if ?>
  <?cs if:subcount(Panel.outputs) ?><nav class="sheet panel-part" aria-labelledby="panel-outputs">
    <h2 class="sheet-title" id="panel-outputs"><?cs var:_("Output forms / operations") ?></h2>
    <ul class="panel-links"><?cs each:item = Panel.outputs ?>
      <li><a href="<?cs var:item.href ?>"><?cs var:item.label ?></a></li><?cs /each ?>
    </ul>
  </nav><?cs /if ?>
</aside>
