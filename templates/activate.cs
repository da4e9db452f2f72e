<?cs # activate.cs: the first sign-in, by the code of an activation slip ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<form class="sheet form" method="post" action="<?cs var:SignIn.activate ?>" novalidate>
  <?cs include:"form_hidden.cs" ?>
  <p><?cs var:_("The slip holds your login and a code. The code works once; with it you think of a password of your own.") ?></p>
  <?cs include:"form_fields.cs" ?>
  <div class="form-end">
    <button class="btn btn-primary"><?cs var:_("Set the password and sign in") ?></button>
    <a class="btn btn-plain" href="<?cs var:SignIn.sign_in ?>"><?cs var:_("I have a password") ?></a>
  </div>
</form>
<?cs include:"layout_foot.cs" ?>
