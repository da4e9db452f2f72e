<?cs # list_table.cs: List.*: search and filters, the ticked and the formats, the table, paging ?>
<section class="sheet list" id="list-<?cs var:List.id ?>">
<?cs if:subcount(List.filters) || List.searchable ?><form class="list-filters" method="<?cs if:List.search_post ?>post<?cs else ?>get<?cs /if ?>" action="<?cs var:List.address ?>" role="search" aria-label="<?cs var:_("Search in the list") ?>" data-autosubmit>
  <?cs if:List.search_post ?><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="list" value="<?cs var:List.id ?>"><?cs /if ?>
  <?cs if:List.sort ?><input type="hidden" name="sort" value="<?cs var:List.sort ?>"><?cs /if ?>
  <?cs if:List.searchable ?><label class="list-search"><span class="visually-hidden"><?cs var:_("Search in the list") ?></span><input class="form-control" type="search" name="q" value="<?cs var:List.search ?>" placeholder="<?cs var:_("Search in the list") ?>" autocomplete="off"></label><?cs /if ?>
  <?cs each:filter = List.filters ?><label><span><?cs var:filter.label ?></span> <?cs if:filter.is_day ?><input class="form-control filter-day" name="<?cs var:filter.name ?>" value="<?cs var:filter.value ?>" inputmode="numeric" autocomplete="off"><?cs else ?><select class="form-select" name="<?cs var:filter.name ?>"><?cs if:!filter.is_needed ?><option value=""><?cs var:_("All") ?></option><?cs /if ?><?cs each:choice = filter.choices ?>
    <option value="<?cs var:choice.value ?>"<?cs if:choice.selected ?> selected<?cs /if ?>><?cs var:choice.label ?></option><?cs /each ?></select><?cs /if ?></label>
  <?cs /each ?><button class="btn btn-plain"><?cs var:_("Find") ?></button>
</form><?cs /if ?>
<?cs if:List.note ?><p class="list-note"><?cs var:List.note ?></p><?cs /if ?>
<?cs if:subcount(List.bars) ?><?cs include:"list_bars.cs" ?><?cs /if ?>
<form method="post" data-ticks>
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <input type="hidden" name="form_key" value="<?cs var:Form.key ?>">
  <?cs each:hidden = List.hidden ?><input type="hidden" name="<?cs var:hidden.name ?>" value="<?cs var:hidden.value ?>">
  <?cs /each ?>
  <?cs if:subcount(List.rows) && (subcount(List.bulk) || subcount(List.formats)) ?><div class="list-tools">
    <?cs if:subcount(List.bulk) == 0 && subcount(List.sum.cells) == 0 ?><span class="list-found"><?cs var:_("Found:") ?> <?cs var:number(List.total) ?></span><?cs /if ?>
    <?cs if:subcount(List.bulk) ?><span class="list-ticked"><?cs var:_("Chosen:") ?> <output data-ticked>0</output></span>
    <?cs each:action = List.bulk ?><button class="btn btn-plain" formaction="<?cs var:action.href ?>"><?cs if:action.icon ?><svg class="icon" aria-hidden="true"><use href="/static/<?cs var:Page.static.icons ?>#<?cs var:action.icon ?>"></use></svg><?cs /if ?><?cs var:action.label ?></button>
    <?cs /each ?><label class="choice"><input class="form-check-input" type="checkbox" name="all" value="1" data-tick-all="<?cs var:List.total ?>"> <span><?cs var:_("Choose all:") ?> <?cs var:number(List.total) ?></span></label><?cs /if ?>
    <?cs if:subcount(List.formats) ?><span class="list-formats"><?cs var:_("Download:") ?> <?cs each:format = List.formats ?><a href="<?cs var:format.href ?>"><?cs var:format.label ?></a> <?cs /each ?></span><span class="list-languages"><?cs var:_("in the language") ?> <?cs each:language = List.languages ?><?cs if:language.current ?><span aria-current="true"><?cs var:language.label ?></span><?cs else ?><a href="<?cs var:language.href ?>"><?cs var:language.label ?></a><?cs /if ?> <?cs /each ?></span><?cs /if ?>
  </div><?cs /if ?>
  <?cs if:subcount(List.rows) ?><div class="list-scroll<?cs if:subcount(List.heads) ?> list-wide<?cs /if ?>" tabindex="0" role="region" aria-label="<?cs var:List.title ?>">
  <table class="table">
    <thead><?cs if:subcount(List.heads) ?><tr class="heads"><?cs each:head = List.heads ?><?cs if:head.label ?><th scope="colgroup" colspan="<?cs var:head.span ?>"><?cs var:head.label ?></th><?cs else ?><td colspan="<?cs var:head.span ?>"></td><?cs /if ?><?cs /each ?></tr><?cs /if ?><tr>
      <?cs if:subcount(List.bulk) ?><th class="cell-tick" scope="col"><input class="form-check-input with-script" type="checkbox" data-tick-page aria-label="<?cs var:_("Tick all lines of this page") ?>"></th><?cs /if ?>
      <?cs if:List.numbered ?><th class="cell-number cell-running" scope="col">№</th><?cs /if ?>
      <?cs each:column = List.columns ?><th scope="col" class="<?cs if:column.number ?>cell-number <?cs /if ?><?cs if:column.sticky ?>cell-sticky<?cs /if ?>"<?cs if:column.sorted ?> aria-sort="<?cs if:column.sorted == "asc" ?>ascending<?cs else ?>descending<?cs /if ?>"<?cs /if ?>><?cs if:column.sort_href ?><a href="<?cs var:column.sort_href ?>"><?cs var:column.label ?></a><?cs else ?><?cs var:column.label ?><?cs /if ?></th>
      <?cs /each ?><?cs if:List.row_actions ?><th scope="col"><span class="visually-hidden"><?cs var:_("Actions") ?></span></th><?cs /if ?>
    </tr></thead>
    <tbody><?cs each:row = List.rows ?>
      <tr>
        <?cs if:subcount(List.bulk) ?><td class="cell-tick"><input class="form-check-input" type="checkbox" name="ids" value="<?cs var:row.id ?>" aria-label="<?cs var:_("Tick line") ?> <?cs var:row.number ?>"></td><?cs /if ?>
        <?cs if:List.numbered ?><td class="cell-number cell-quiet cell-running"><?cs var:row.number ?></td><?cs /if ?>
        <?cs each:cell = row.cells ?><td<?cs if:cell.class ?> class="<?cs var:cell.class ?>"<?cs /if ?>><?cs if:cell.href ?><a<?cs if:cell.chip ?> class="chip"<?cs /if ?> href="<?cs var:cell.href ?>"><?cs var:cell.value ?></a><?cs elif:cell.chip ?><span class="chip"><?cs var:cell.value ?></span><?cs else ?><?cs var:cell.value ?><?cs /if ?></td>
        <?cs /each ?><?cs if:List.row_actions ?><td class="cell-actions"><?cs each:action = row.actions ?><a href="<?cs var:action.href ?>"><?cs var:action.label ?></a> <?cs /each ?></td><?cs /if ?>
      </tr><?cs /each ?>
    </tbody>
    <?cs if:subcount(List.sum.cells) ?><tfoot><tr><?cs each:cell = List.sum.cells ?><td class="<?cs var:cell.class ?>"><?cs if:cell.href ?><a href="<?cs var:cell.href ?>"><?cs var:cell.value ?></a><?cs else ?><?cs var:cell.value ?><?cs /if ?></td><?cs /each ?></tr></tfoot><?cs /if ?>
  </table>
  </div><?cs else ?><p class="list-empty"><?cs var:List.empty ?></p><?cs /if ?>
</form>
<?cs include:"list_end.cs" ?>
</section>
