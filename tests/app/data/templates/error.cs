<?cs # error.cs: the least that shows a fault ?>
<h1><?cs var:Error.status ?> <?cs var:Error.title ?></h1><p><?cs var:Error.words ?></p>
number <?cs var:Error.number ?> permission <?cs var:Error.permission ?> reach <?cs var:Error.reach ?>
may<?cs each:row = Error.may ?> <?cs var:row.role ?>,<?cs /each ?> held<?cs each:row = Error.held ?> <?cs var:row.role ?>,<?cs /each ?>
org <?cs var:Page.org.name ?> person <?cs var:Page.person.name ?> said <?cs var:Said ?>
