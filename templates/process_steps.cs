<?cs # process_steps.cs: which step of how many ?>
<?cs if:subcount(Process.steps) > 1 ?><ol class="steps" aria-label="<?cs var:_("Steps") ?>"><?cs each:step = Process.steps ?>
  <li class="step-<?cs var:step.state ?>"<?cs if:step.state == "now" ?> aria-current="step"<?cs /if ?>><span class="step-number"><?cs var:step.number ?></span> <span class="step-title"><?cs var:step.title ?></span><?cs if:step.state == "done" ?><span class="visually-hidden"> – <?cs var:_("done") ?></span><?cs /if ?></li><?cs /each ?>
</ol><?cs /if ?>
