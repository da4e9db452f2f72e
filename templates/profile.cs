<?cs # profile.cs: «Профиль»: one's own data, language, password, sessions ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<section class="sheet sheet-body">
  <dl class="facts-list">
    <div><dt><?cs var:_("Full name") ?></dt><dd><?cs var:Profile.name ?></dd></div>
    <div><dt><?cs var:_("Login") ?></dt><dd><?cs var:Profile.login ?></dd></div>
  </dl>
</section>
<form class="sheet form" method="post" action="<?cs var:Profile.language_action ?>">
  <h2 class="sheet-title"><?cs var:_("Language") ?></h2>
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <input type="hidden" name="address" value="<?cs var:Page.address ?>">
  <div class="buttons"><?cs each:language = Page.languages ?><button class="btn <?cs if:language.current ?>btn-primary<?cs else ?>btn-plain<?cs /if ?>" name="language" value="<?cs var:language.code ?>" lang="<?cs var:language.code ?>"<?cs if:language.current ?> aria-current="true"<?cs /if ?>><?cs var:language.label ?></button> <?cs /each ?></div>
</form>
<form class="sheet form" method="post" action="<?cs var:Profile.password_action ?>" novalidate>
  <h2 class="sheet-title"><?cs var:_("Change of password") ?></h2>
  <?cs include:"form_hidden.cs" ?>
  <?cs include:"form_fields.cs" ?>
  <div class="form-end"><button class="btn btn-primary"><?cs var:_("Change the password") ?></button></div>
</form>
<?cs if:Profile.factor ?>
<section class="sheet sheet-body">
  <h2 class="sheet-title"><?cs var:_("Sign-in in two steps") ?></h2>
  <p><?cs if:Profile.factor_is_on ?><?cs var:_("It is on: after the password a code of the app is asked for.") ?><?cs else ?><?cs var:_("It is off: the password alone opens your account.") ?><?cs /if ?></p>
  <div class="form-end"><a class="btn btn-plain" href="<?cs var:Profile.factor ?>"><?cs if:Profile.factor_is_on ?><?cs var:_("Change") ?><?cs else ?><?cs var:_("Turn on") ?><?cs /if ?></a></div>
</section>
<?cs /if ?>
<form class="sheet" method="post" action="<?cs var:Profile.session_action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <h2 class="sheet-title"><?cs var:_("Where I am signed in") ?></h2>
  <div class="list-scroll" tabindex="0" role="region" aria-label="<?cs var:_("Where I am signed in") ?>">
  <table class="table">
    <thead><tr><th scope="col"><?cs var:_("Browser") ?></th><th scope="col"><?cs var:_("Address") ?></th><th scope="col"><?cs var:_("Since") ?></th><th scope="col"><?cs var:_("Last seen") ?></th><th scope="col"><span class="visually-hidden"><?cs var:_("Actions") ?></span></th></tr></thead>
    <tbody><?cs each:row = Profile.sessions ?>
      <tr><td><?cs var:row.agent ?></td><td><?cs var:row.address ?></td><td class="cell-date"><?cs var:row.since ?></td><td class="cell-date"><?cs var:row.seen ?></td><td class="cell-actions"><?cs if:row.current ?><?cs var:_("this one") ?><?cs else ?><button class="btn btn-plain" name="session" value="<?cs var:row.id ?>"><?cs var:_("End") ?></button><?cs /if ?></td></tr><?cs /each ?>
    </tbody>
  </table>
  </div>
  <?cs if:subcount(Profile.sessions) > 1 ?><div class="form-end"><button class="btn btn-plain" name="session" value="others"><?cs var:_("End all others") ?></button></div><?cs /if ?>
</form>
<?cs include:"layout_foot.cs" ?>
