<?cs # why.cs: «why can I not?»: what was asked, who may do it, what one's own roles allow here ?>
<?cs include:"layout_head.cs" ?>
<?cs if:Why.asked.label ?><section class="sheet sheet-body">
  <h2 class="sheet-title"><?cs var:Why.asked.label ?></h2>
  <p><?cs if:Why.asked.have ?><?cs var:_("You may do this here:") ?> <?cs var:Why.asked.have ?>.<?cs else ?><?cs var:_("Your roles here do not allow this.") ?><?cs /if ?></p>
  <p><?cs var:_("These roles may do it:") ?></p>
  <ul><?cs each:row = Why.asked.roles ?><li><?cs var:row.label ?> <small><?cs var:row.reach ?></small></li><?cs /each ?></ul>
</section><?cs /if ?>
<section class="sheet sheet-body">
  <h2 class="sheet-title"><?cs var:_("Your roles here") ?><?cs if:Why.place ?>: <?cs var:Why.place ?><?cs /if ?></h2>
  <?cs if:subcount(Why.roles) ?><ul><?cs each:row = Why.roles ?><li><?cs var:row.label ?></li><?cs /each ?></ul><?cs else ?><p class="list-empty"><?cs var:_("You have no role here.") ?></p><?cs /if ?>
  <?cs if:subcount(Why.may) ?><h3><?cs var:_("They allow") ?></h3>
  <ul><?cs each:row = Why.may ?><li><?cs var:row.label ?> <small><?cs var:row.reach ?></small></li><?cs /each ?></ul><?cs /if ?>
  <?cs if:subcount(Why.may_not) ?><h3><?cs var:_("They do not allow") ?></h3>
  <ul><?cs each:row = Why.may_not ?><li><a href="<?cs var:row.href ?>"><?cs var:row.label ?></a></li><?cs /each ?></ul><?cs /if ?>
</section>
<?cs include:"layout_foot.cs" ?>
