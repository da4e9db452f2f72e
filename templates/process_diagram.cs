<?cs # process_diagram.cs: the steps as a drawing, and as a list for those who do not see it (WF-02) ?>
<svg class="diagram" viewBox="0 0 <?cs var:Diagram.width ?> <?cs var:Diagram.height ?>" aria-hidden="true"><?cs each:line = Diagram.lines ?>
  <line class="diagram-line-<?cs var:line.state ?>" x1="<?cs var:line.x1 ?>" y1="<?cs var:line.y1 ?>" x2="<?cs var:line.x2 ?>" y2="<?cs var:line.y2 ?>"></line><?cs /each ?><?cs each:node = Diagram.nodes ?>
  <g class="diagram-<?cs var:node.state ?>"><rect x="<?cs var:node.x ?>" y="<?cs var:node.y ?>" width="<?cs var:node.w ?>" height="<?cs var:node.h ?>" rx="6"></rect>
    <text class="diagram-title" x="<?cs var:node.middle ?>" y="<?cs var:node.title_y ?>"<?cs if:string.length(node.title) > 54 ?> textLength="214" lengthAdjust="spacingAndGlyphs"<?cs /if ?>><?cs var:node.title ?></text>
    <text class="diagram-who" x="<?cs var:node.middle ?>" y="<?cs var:node.who_y ?>"<?cs if:string.length(node.who) + string.length(node.when) + string.length(node.when) > 58 ?> textLength="214" lengthAdjust="spacingAndGlyphs"<?cs /if ?>><?cs var:node.who ?><?cs if:node.when ?> · <?cs var:node.when ?><?cs /if ?></text></g><?cs /each ?>
  <circle class="diagram-end-<?cs var:Diagram.end.state ?>" cx="<?cs var:Diagram.end.x ?>" cy="<?cs var:Diagram.end.y ?>" r="<?cs var:Diagram.end.r ?>"></circle>
</svg>
<ol class="<?cs if:Page.template == "diagram" ?>diagram-list<?cs else ?>visually-hidden<?cs /if ?>"><?cs each:node = Diagram.nodes ?>
  <li class="diagram-item-<?cs var:node.state ?>"><b><?cs var:node.title ?></b> – <?cs if:node.state == "done" ?><?cs var:_("done") ?><?cs elif:node.state == "now" ?><?cs var:_("now") ?><?cs elif:node.state == "skipped" ?><?cs var:_("skipped") ?><?cs elif:node.state == "stopped" ?><?cs var:_("stopped here") ?><?cs else ?><?cs var:_("to come") ?><?cs /if ?><?cs if:node.who ?>: <?cs var:node.who ?><?cs /if ?><?cs if:node.when ?>, <?cs var:node.when ?><?cs /if ?><?cs if:node.rule ?>. <?cs var:node.rule ?><?cs /if ?><?cs if:node.remark ?>. «<?cs var:node.remark ?>»<?cs /if ?></li><?cs /each ?>
</ol>
