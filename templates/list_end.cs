<?cs # list_end.cs: which rows of how many, and the other pages ?>
<?cs if:List.total > 0 && subcount(List.sum.cells) == 0 ?><div class="list-end">
  <span><?cs var:number(List.from) ?>–<?cs var:number(List.to) ?> / <?cs var:number(List.total) ?></span>
  <?cs if:subcount(List.paging) > 1 ?><nav aria-label="<?cs var:_("Pages of the list") ?>"><ul class="paging"><?cs each:item = List.paging ?>
    <li><?cs if:item.current ?><span aria-current="page"><?cs var:item.label ?></span><?cs elif:item.href ?><a href="<?cs var:item.href ?>"><?cs var:item.label ?></a><?cs else ?><span><?cs var:item.label ?></span><?cs /if ?></li><?cs /each ?>
  </ul></nav><?cs /if ?>
</div><?cs /if ?>
