<?cs # error.cs: what went wrong, why, and the way out ?>
<?cs include:"layout_head.cs" ?>
<section class="sheet form">
  <p><?cs var:Error.words ?></p>
  <?cs if:Error.permission ?><p><?cs var:_("This page asks for the right:") ?> <b><?cs var:Error.permission ?></b></p><?cs /if ?>
  <?cs if:Error.reach ?><p><?cs var:Error.reach ?></p><?cs /if ?>
  <?cs if:subcount(Error.held) ?><p><?cs var:_("Your roles here:") ?> <?cs each:row = Error.held ?><?cs var:row.role ?><?cs if:!last(row) ?>, <?cs /if ?><?cs /each ?></p><?cs /if ?>
  <?cs if:subcount(Error.may) ?><p><?cs var:_("These have the right:") ?> <?cs each:row = Error.may ?><?cs var:row.role ?><?cs if:!last(row) ?>, <?cs /if ?><?cs /each ?></p><?cs /if ?>
  <?cs if:Error.number ?><p><?cs var:_("Number:") ?> <code><?cs var:Error.number ?></code></p><?cs /if ?>
  <p class="form-end"><?cs if:Error.way_out ?><a class="btn btn-primary" href="<?cs var:Error.way_out ?>"><?cs var:_("Go on") ?></a><?cs else ?><a class="btn btn-primary" href="/"><?cs var:_("To the start page") ?></a><?cs /if ?></p>
</section>
<?cs include:"layout_foot.cs" ?>
