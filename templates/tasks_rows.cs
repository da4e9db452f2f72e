<?cs # tasks_rows.cs: the lines of the task list ?>
<ul class="tasks"><?cs each:task = Tasks.rows ?>
  <li>
    <div class="task-what"><a href="<?cs var:task.href ?>"><?cs var:task.text ?></a><?cs if:task.detail ?><p><?cs var:task.detail ?></p><?cs /if ?></div>
    <span class="task-when"><?cs if:task.due ?><?cs if:task.late ?><span class="chip chip-bad"><?cs var:_("was due") ?> <?cs var:task.due ?></span><?cs else ?><?cs var:_("due") ?> <?cs var:task.due ?><?cs /if ?><?cs else ?><?cs var:task.since ?><?cs /if ?></span>
    <?cs if:task.button ?><a class="btn <?cs if:first(task) ?>btn-primary<?cs else ?>btn-plain<?cs /if ?>" href="<?cs var:task.href ?>"><?cs var:task.button ?><span class="visually-hidden">: <?cs var:task.text ?></span></a><?cs /if ?>
  </li><?cs /each ?>
</ul>
