<?cs # list_bars.cs: List.bars: one column of a list of counts, drawn; the table below has the same ?>
<details class="bars"<?cs if:subcount(List.bars) <= #12 ?> open<?cs /if ?>><summary><?cs var:List.bars_title ?></summary>
  <svg width="100%" height="<?cs var:List.bars_height ?>" role="img" aria-label="<?cs var:List.bars_title ?>"><?cs each:bar = List.bars ?>
    <svg y="<?cs var:bar.y ?>" width="100%" height="24"><text x="35%" y="16" text-anchor="end"><?cs var:bar.label ?></text><rect x="36%" y="4" width="<?cs var:bar.length ?>%" height="15"></rect><text x="<?cs var:bar.length + #37 ?>%" y="16"><?cs var:bar.value ?></text></svg><?cs /each ?>
  </svg>
</details>
