<?cs # layout_foot.cs: what stands below a page's own content: the diagram of a process at the side, the footer ?>
</main>
<?cs if:subcount(Diagram.nodes) && Page.template != "diagram" ?><?cs include:"process_side.cs" ?><?cs /if ?>
</div>
<footer class="foot">
  <span>mektep<?cs if:Page.org.name ?> · <?cs var:Page.org.name ?><?cs /if ?></span>
  <?cs if:Page.help.href ?><a href="<?cs var:Page.help.href ?>"><?cs var:_("Help") ?></a><?cs /if ?>
  <?cs if:Page.feedback.action && Page.signed_in ?><details class="feedback">
    <summary><?cs var:_("Leave feedback") ?></summary>
    <form method="post" action="<?cs var:Page.feedback.action ?>">
      <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
      <input type="hidden" name="address" value="<?cs var:Page.address ?>">
      <label for="feedback-text"><?cs var:_("What is wrong or missing on this page?") ?></label>
      <textarea class="form-control" id="feedback-text" name="text" rows="3" maxlength="2000" required></textarea>
      <button class="btn btn-plain"><?cs var:_("Send") ?></button>
    </form>
  </details><?cs /if ?>
</footer>
</body>
</html>
