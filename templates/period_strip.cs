<?cs # period_strip.cs: a school year as a drawing, and the same as a table for those who do not see it, with the days counted ?>
<section class="sheet strip">
<?cs if:subcount(Strip.bands) ?><div class="list-scroll" tabindex="0" role="region" aria-label="<?cs var:_("The school year as a drawing") ?>">
<svg class="strip-drawing" viewBox="0 0 <?cs var:Strip.width ?> <?cs var:Strip.height ?>" aria-hidden="true"><?cs each:month = Strip.months ?>
  <line class="strip-month" x1="<?cs var:month.x ?>" x2="<?cs var:month.x ?>" y1="2" y2="<?cs var:Strip.band_y ?>"></line><text class="strip-day" x="<?cs var:month.x + #4 ?>" y="<?cs var:Strip.months_y ?>"><?cs var:month.label ?></text><?cs /each ?><?cs each:band = Strip.bands ?>
  <rect class="strip-<?cs if:band.is_period ?>period<?cs else ?>free<?cs /if ?>" x="<?cs var:band.x ?>" y="<?cs var:Strip.band_y ?>" width="<?cs var:band.width ?>" height="<?cs var:Strip.band_height ?>"></rect><?cs /each ?><?cs each:week = Strip.weeks ?>
  <line class="strip-week" x1="<?cs var:week.x ?>" x2="<?cs var:week.x ?>" y1="<?cs var:Strip.band_y ?>" y2="<?cs var:Strip.weeks_y ?>"></line><text class="strip-number" x="<?cs var:week.middle ?>" y="<?cs var:Strip.weeks_y ?>"><?cs var:week.number ?></text><?cs /each ?><?cs each:day = Strip.holidays ?>
  <rect class="strip-holiday" x="<?cs var:day.x ?>" y="<?cs var:Strip.band_y ?>" width="<?cs var:day.width ?>" height="<?cs var:Strip.band_height ?>"></rect><?cs /each ?><?cs each:band = Strip.bands ?><?cs if:band.is_period ?>
  <text class="strip-label" x="<?cs var:band.middle ?>" y="<?cs var:Strip.label_y ?>"><?cs var:band.label ?></text><?cs /if ?><?cs /each ?><?cs if:Strip.today ?>
  <line class="strip-today" x1="<?cs var:Strip.today ?>" x2="<?cs var:Strip.today ?>" y1="0" y2="<?cs var:Strip.height ?>"></line><?cs /if ?>
</svg></div>
<div class="list-scroll" tabindex="0" role="region" aria-label="<?cs var:_("Periods and holidays") ?>"><table class="table strip-table">
  <thead><tr><th scope="col" class="cell-sticky"><?cs var:_("Period") ?></th><th scope="col"><?cs var:_("Start date") ?></th><th scope="col"><?cs var:_("End date") ?></th><th scope="col" class="cell-number"><?cs var:_("Study weeks") ?></th><th scope="col" class="cell-number"><?cs var:_("School days") ?></th><th scope="col" class="cell-number"><?cs var:_("Calendar days") ?></th></tr></thead>
  <tbody><?cs each:band = Strip.bands ?>
    <tr<?cs if:!band.is_period ?> class="strip-between"<?cs /if ?>><th scope="row" class="cell-sticky"><?cs var:band.label ?></th><td class="cell-date"><?cs var:band.from ?></td><td class="cell-date"><?cs var:band.to ?></td><td class="cell-number"><?cs var:band.weeks ?></td><td class="cell-number"><?cs var:band.school_days ?></td><td class="cell-number"><?cs var:band.days ?></td></tr><?cs /each ?>
  </tbody>
  <tfoot><tr><th scope="row" class="cell-sticky" colspan="3"><?cs var:_("All periods") ?></th><td class="cell-number"><?cs var:Strip.total.weeks ?></td><td class="cell-number"><?cs var:Strip.total.school_days ?></td><td class="cell-number"><?cs var:Strip.total.days ?></td></tr></tfoot>
</table></div><?cs /if ?>
<p class="strip-note"><?cs if:Strip.six_days ?><?cs var:_("School days are counted by a six-day week, without public holidays.") ?><?cs else ?><?cs var:_("School days are counted by a five-day week, without public holidays.") ?><?cs /if ?></p>
<?cs if:subcount(Strip.holidays) ?><details class="strip-holidays"><summary><?cs var:_("Public holidays") ?>: <?cs var:subcount(Strip.holidays) ?></summary>
  <ul><?cs each:day = Strip.holidays ?><li><?cs var:day.date ?> – <?cs var:day.name ?></li><?cs /each ?></ul>
</details><?cs /if ?>
</section>
