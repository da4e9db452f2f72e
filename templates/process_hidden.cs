<?cs # process_hidden.cs: what a form of a process posts unseen: keys, version, the subjects of one that is not saved yet ?>
<?cs include:"form_hidden.cs" ?>
<input type="hidden" name="version" value="<?cs var:Process.version ?>">
<?cs if:Process.subjects ?><input type="hidden" name="subject" value="<?cs var:Process.subjects ?>"><?cs /if ?>
