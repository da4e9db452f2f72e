<?cs # start.cs: the start page of a role: numbers, what waits for me, what I do here ?>
<?cs include:"layout_head.cs" ?>
<?cs if:subcount(Start.cards) ?><ul class="cards"><?cs each:card = Start.cards ?>
  <li class="sheet card"><span class="card-label"><?cs var:card.label ?></span>
    <?cs if:card.href ?><a class="card-value" href="<?cs var:card.href ?>"><span class="visually-hidden"><?cs var:card.label ?>: </span><?cs var:card.value ?></a><?cs else ?><span class="card-value"><?cs var:card.value ?></span><?cs /if ?>
    <?cs if:card.detail ?><span class="card-detail"><?cs var:card.detail ?></span><?cs /if ?></li><?cs /each ?>
</ul><?cs /if ?>
<div class="start">
  <div>
    <?cs if:subcount(Start.steps) ?><section class="sheet sheet-body"><h2 class="sheet-title"><?cs var:_("First steps") ?></h2>
      <ol class="first-steps"><?cs each:step = Start.steps ?>
        <li class="first-<?cs var:step.state ?>"><svg class="icon" aria-hidden="true"><use href="/static/<?cs var:Page.static.icons ?>#<?cs if:step.state == "done" ?>check-circle<?cs else ?>circle<?cs /if ?>"></use></svg> <?cs if:step.href ?><a href="<?cs var:step.href ?>"><?cs var:step.label ?></a><?cs else ?><?cs var:step.label ?><?cs /if ?><?cs if:step.state == "done" ?> <span class="chip chip-ok"><?cs var:_("done") ?></span><?cs /if ?></li><?cs /each ?>
      </ol></section><?cs /if ?>
    <section class="sheet sheet-body"><h2 class="sheet-title"><a href="<?cs var:Page.tasks.href ?>"><?cs var:_("Task list") ?></a><?cs if:Tasks.count > 0 ?> · <?cs var:number(Tasks.count) ?><?cs /if ?></h2>
      <?cs if:subcount(Tasks.rows) ?><?cs include:"tasks_rows.cs" ?><?cs else ?><p class="list-empty"><?cs var:_("Nothing waits for you.") ?></p><?cs /if ?></section>
  </div>
  <div>
    <?cs if:subcount(Start.actions) ?><section class="sheet sheet-body"><h2 class="sheet-title"><?cs var:_("Begin") ?></h2>
      <div class="buttons"><?cs each:action = Start.actions ?><a class="btn btn-plain" href="<?cs var:action.href ?>"><?cs var:action.label ?></a> <?cs /each ?></div></section><?cs /if ?>
    <?cs if:subcount(Start.unfilled) ?><section class="sheet sheet-body"><h2 class="sheet-title"><?cs var:_("Not filled in") ?></h2>
      <ul class="counts"><?cs each:row = Start.unfilled ?>
        <li><span><?cs var:row.label ?></span> <?cs if:row.href ?><a href="<?cs var:row.href ?>"><span class="visually-hidden"><?cs var:row.label ?>: </span><?cs var:row.count ?></a><?cs else ?><b><?cs var:row.count ?></b><?cs /if ?></li><?cs /each ?>
      </ul></section><?cs /if ?>
  </div>
</div>
<?cs include:"layout_foot.cs" ?>
