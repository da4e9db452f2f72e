<?cs # form_hidden.cs: what every form that writes posts unseen ?>
<input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
<input type="hidden" name="form_key" value="<?cs var:Form.key ?>">
<?cs if:Form.warned ?><input type="hidden" name="warned" value="<?cs var:Form.warned ?>"><?cs /if ?>
