<?cs # sign_in.cs: sign-in by login and password ?>
<?cs include:"layout_head.cs" ?>
<?cs include:"form_summary.cs" ?>
<?cs if:SignIn.again ?><p class="flash flash-warn" role="status"><?cs var:_("The sign-in took too long. Begin again.") ?></p><?cs /if ?>
<?cs if:SignIn.kept ?><p class="flash flash-warn" role="status"><?cs var:_("The session had ended. What you filled in is kept: sign in, and the form is there again. Attached files must be chosen anew.") ?></p><?cs /if ?>
<form class="sheet form" method="post" action="<?cs var:SignIn.sign_in ?>" novalidate>
  <?cs include:"form_hidden.cs" ?>
  <input type="hidden" name="next" value="<?cs var:SignIn.next ?>">
  <?cs include:"form_fields.cs" ?>
  <div class="form-end">
    <button class="btn btn-primary"><?cs var:_("Sign in") ?></button>
    <a class="btn btn-plain" href="<?cs var:SignIn.activate ?>"><?cs var:_("I have a slip with a code") ?></a>
  </div>
</form>
<p class="sheet-note"><?cs var:_("Forgot the password? Ask your class teacher or the secretary for a new slip.") ?></p>
<?cs include:"layout_foot.cs" ?>
