<?cs # second_factor.cs: «Вход в два шага»: turning it on by the code for the app, the recovery codes, turning it off ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<?cs if:Factor.required ?><p class="flash flash-warn" role="status"><?cs var:_("Your role asks for sign-in in two steps. Set it up here; after that everything else opens.") ?></p><?cs /if ?>
<?cs if:subcount(Factor.codes) > 0 ?>
<form class="sheet form" method="post" action="<?cs var:Factor.action ?>">
  <h2 class="sheet-title"><?cs var:_("Recovery codes") ?></h2>
  <?cs include:"form_hidden.cs" ?>
  <p><?cs var:_("Each opens one sign-in when the telephone is not at hand. Print them or write them down, and keep them where nobody else looks. They are shown only now.") ?></p>
  <ol class="code-list"><?cs each:code = Factor.codes ?><li><code><?cs var:code.text ?></code></li><?cs /each ?></ol>
  <div class="form-end">
    <button class="btn btn-primary" name="action" value="kept"><?cs var:_("I have kept the codes") ?></button>
    <button class="btn btn-quiet with-script" type="button" data-print><?cs var:_("Print") ?></button>
  </div>
</form>
<?cs /if ?>
<?cs if:Factor.state == "none" ?>
<form class="sheet form" method="post" action="<?cs var:Factor.action ?>" novalidate>
  <h2 class="sheet-title"><?cs var:_("Turn on") ?></h2>
  <p><?cs var:_("After the password a code is asked for that an app on your telephone makes anew every 30 seconds. Whoever learns the password cannot sign in without the telephone.") ?></p>
  <?cs if:Factor.no_key ?><p class="flash flash-warn"><?cs var:_("This installation has no key for it yet: the operator sets secret_key in the configuration.") ?></p><?cs else ?>
  <p><?cs var:_("Install any app for one-time codes on the telephone first, for example Aegis, FreeOTP or Google Authenticator.") ?></p>
  <?cs include:"form_hidden.cs" ?>
  <?cs include:"form_fields.cs" ?>
  <div class="form-end"><button class="btn btn-primary" name="action" value="offer"><?cs var:_("Next") ?></button></div><?cs /if ?>
</form>
<?cs elif:Factor.state == "offered" ?>
<form class="sheet form" method="post" action="<?cs var:Factor.action ?>" novalidate>
  <h2 class="sheet-title"><?cs var:_("Scan the code") ?></h2>
  <p><?cs var:_("Let the app scan this code, or type the key into it; then type the six digits that it shows.") ?></p>
  <div class="factor-code">
    <svg role="img" aria-label="<?cs var:_("Code for the app") ?>" viewBox="0 0 <?cs var:Factor.side ?> <?cs var:Factor.side ?>" width="220" height="220"><path fill="#fff" d="M0 0h<?cs var:Factor.side ?>v<?cs var:Factor.side ?>H0z"/><path d="<?cs var:Factor.path ?>"/></svg>
    <dl class="facts-list"><div><dt><?cs var:_("Key") ?></dt><dd><code><?cs var:Factor.secret ?></code></dd></div></dl>
  </div>
  <?cs include:"form_hidden.cs" ?>
  <?cs include:"form_fields.cs" ?>
  <div class="form-end"><button class="btn btn-primary" name="action" value="confirm"><?cs var:_("Turn on") ?></button></div>
</form>
<?cs else ?>
<form class="sheet form" method="post" action="<?cs var:Factor.action ?>" novalidate>
  <h2 class="sheet-title"><?cs var:_("It is on") ?></h2>
  <dl class="facts-list">
    <div><dt><?cs var:_("Since") ?></dt><dd><?cs var:Factor.since ?></dd></div>
    <div><dt><?cs var:_("Recovery codes left") ?></dt><dd><?cs var:Factor.left ?></dd></div>
  </dl>
  <?cs include:"form_hidden.cs" ?>
  <?cs include:"form_fields.cs" ?>
  <div class="form-end">
    <button class="btn btn-primary" name="action" value="codes"><?cs var:_("Make new recovery codes") ?></button>
    <button class="btn btn-plain" name="action" value="off"><?cs var:_("Turn off") ?></button>
  </div>
</form>
<?cs /if ?>
<?cs include:"layout_foot.cs" ?>
