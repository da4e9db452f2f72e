<?cs # hello.cs: the least that shows a page ?>
<html lang="<?cs var:Page.lang ?>"><title><?cs var:Page.title ?></title>
said <?cs var:Said ?> csrf <?cs var:Page.csrf ?> flash <?cs var:Page.flash.kind ?>:<?cs var:Page.flash.text ?>.
org <?cs var:Page.org.name ?> year <?cs var:Page.year.label ?> person <?cs var:Page.person.name ?> css <?cs var:Page.static.css ?> htmx <?cs var:Page.static.htmx ?>
</html>
