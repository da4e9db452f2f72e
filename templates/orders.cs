<?cs # orders.cs: the organisation's orders, and what is missing in this year's journals ?>
<?cs include:"layout_head.cs" ?>
<?cs if:subcount(Orders.gaps) ?><p class="flash flash-warn"><?cs each:gap = Orders.gaps ?><?cs var:gap.text ?>. <?cs /each ?></p><?cs /if ?>
<?cs include:"list_table.cs" ?>
<?cs include:"layout_foot.cs" ?>
