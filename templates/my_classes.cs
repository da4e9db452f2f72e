<?cs # my_classes.cs: the classes that one leads: what is missing in their files, the birthdays of the week ?>
<?cs include:"layout_head.cs" ?>
<div class="start">
  <div><?cs each:class = My.classes ?>
    <section class="sheet sheet-body"><h2 class="sheet-title"><a href="<?cs var:class.href ?>"><?cs var:class.label ?></a></h2>
      <p><?cs var:class.facts ?></p>
      <?cs if:subcount(class.missing) ?><h3 class="sheet-heading"><?cs var:_("Not filled in") ?></h3>
      <ul class="counts"><?cs each:row = class.missing ?>
        <li><span><?cs var:row.label ?></span> <a href="<?cs var:row.href ?>"><span class="visually-hidden"><?cs var:row.label ?>: </span><?cs var:row.count ?></a></li><?cs /each ?>
      </ul><?cs else ?><p><?cs var:_("All files are filled in.") ?></p><?cs /if ?>
      <div class="buttons"><a class="btn btn-primary" href="<?cs var:class.print ?>"><?cs var:_("Print the list") ?></a> <a class="btn btn-plain" href="<?cs var:class.href ?>"><?cs var:_("List of pupils") ?></a> <a class="btn btn-plain" href="<?cs var:class.general ?>"><?cs var:_("General information") ?></a></div>
    </section><?cs /each ?>
    <?cs if:subcount(My.classes) == 0 ?><section class="sheet sheet-body"><p class="list-empty"><?cs var:My.empty ?></p></section><?cs /if ?>
  </div>
  <div>
    <section class="sheet sheet-body"><h2 class="sheet-title"><?cs var:_("Birthdays of the week") ?></h2>
      <?cs if:subcount(My.birthdays) ?><ul class="counts"><?cs each:row = My.birthdays ?>
        <li><span><a href="<?cs var:row.href ?>"><?cs var:row.name ?></a>, <?cs var:row.class ?><br><?cs var:row.day ?></span> <span><?cs var:row.age ?></span></li><?cs /each ?>
      </ul><?cs else ?><p class="list-empty"><?cs var:_("Nobody this week.") ?></p><?cs /if ?></section>
  </div>
</div>
<?cs include:"layout_foot.cs" ?>
