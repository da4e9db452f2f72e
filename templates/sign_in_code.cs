<?cs # sign_in_code.cs: the second page of a sign-in: the code of the second factor ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<form class="sheet form" method="post" action="<?cs var:SignIn.code ?>" novalidate>
  <?cs include:"form_hidden.cs" ?>
  <input type="hidden" name="next" value="<?cs var:SignIn.next ?>">
  <?cs include:"form_fields.cs" ?>
  <div class="form-end">
    <button class="btn btn-primary"><?cs var:_("Sign in") ?></button>
    <a class="btn btn-plain" href="<?cs var:SignIn.sign_in ?>"><?cs var:_("Begin again") ?></a>
  </div>
</form>
<p class="sheet-note"><?cs var:_("Lost the telephone and the recovery codes? Whoever runs the server can turn the second step off.") ?></p>
<?cs include:"layout_foot.cs" ?>
