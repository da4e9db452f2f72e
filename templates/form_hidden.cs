<?cs # form_hidden.cs: what every form that writes posts unseen ?>
<input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
<input type="hidden" name="form_key" value="<?cs var:Form.key ?>">
