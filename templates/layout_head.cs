<?cs # layout_head.cs: what stands above a page's own content: bars, menus, breadcrumb, left panel, title line, tabs ?><!DOCTYPE html>
<html lang="<?cs var:Page.lang ?>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content='{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0}'>
<title><?cs if:subcount(Form.errors) ?><?cs var:_("Error") ?>: <?cs /if ?><?cs var:Page.title ?> – <?cs if:Page.org.name ?><?cs var:Page.org.name ?> – <?cs /if ?>mektep</title>
<link rel="icon" href="/static/<?cs var:Page.static.favicon ?>" type="image/svg+xml">
<link rel="stylesheet" href="/static/<?cs var:Page.static.css ?>">
<script src="/static/<?cs var:Page.static.htmx ?>" defer></script>
<script src="/static/<?cs var:Page.static.js ?>" defer></script>
</head>
<body class="page-<?cs var:Page.template ?>">
<a class="skip" href="#content"><?cs var:_("Skip to the content") ?></a>
<header class="bar">
  <a class="bar-name" href="<?cs var:Page.home.href ?>">mektep</a>
  <?cs if:Page.org.name ?><?cs if:subcount(Page.orgs) + subcount(Page.years) > 1 ?><details class="menu bar-place">
    <summary><span><?cs var:Page.org.name ?><?cs if:Page.year.label ?> · <?cs var:Page.year.label ?><?cs /if ?></span></summary>
    <div class="menu-body"><?cs include:"layout_places.cs" ?></div>
  </details><?cs else ?><span class="bar-place"><?cs var:Page.org.name ?></span><?cs /if ?><?cs /if ?>
  <?cs if:Page.search.href ?><form class="bar-search" role="search" aria-label="<?cs var:_("Search") ?>" method="post" action="<?cs var:Page.search.href ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
    <label class="visually-hidden" for="search"><?cs var:_("Search") ?></label>
    <input id="search" name="q" type="search" value="<?cs var:Search.q ?>" placeholder="<?cs var:_("Find a person, a class, an order…") ?>" autocomplete="off">
    <kbd aria-hidden="true">/</kbd>
  </form><?cs /if ?>
  <div class="bar-end">
    <?cs if:Page.language.action ?><form class="languages" method="post" action="<?cs var:Page.language.action ?>">
      <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
      <input type="hidden" name="address" value="<?cs var:Page.address ?>">
      <?cs each:language = Page.languages ?><button name="language" value="<?cs var:language.code ?>" lang="<?cs var:language.code ?>"<?cs if:language.current ?> aria-current="true"<?cs /if ?>><?cs var:language.label ?></button><?cs /each ?>
    </form><?cs /if ?>
    <?cs if:Page.help.href ?><a class="bar-wide" href="<?cs var:Page.help.href ?>"><?cs var:_("Help") ?></a><?cs /if ?>
    <?cs if:Page.signed_in ?><details class="menu bar-wide">
      <summary><?cs var:Page.person.name ?></summary>
      <ul class="menu-body menu-end"><li><a href="<?cs var:Page.person.href ?>"><?cs var:_("Profile") ?></a></li></ul>
    </details>
    <form class="bar-wide" method="post" action="<?cs var:Page.sign_out.action ?>">
      <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
      <button><?cs var:_("Sign out") ?></button>
    </form>
    <?cs if:Page.tasks.href ?><a class="count<?cs if:Page.tasks.count == 0 ?> count-none<?cs /if ?>" href="<?cs var:Page.tasks.href ?>" title="<?cs var:_("Task list") ?>"><span class="visually-hidden"><?cs var:_("Task list") ?>: </span><?cs var:number(Page.tasks.count) ?></a><?cs /if ?>
    <?cs elif:Page.sign_in.href ?><a href="<?cs var:Page.sign_in.href ?>"><?cs var:_("Sign in") ?></a><?cs /if ?>
    <details class="menu drawer">
      <summary aria-label="<?cs var:_("Menu") ?>"><svg class="icon" aria-hidden="true"><use href="/static/<?cs var:Page.static.icons ?>#list"></use></svg></summary>
      <div class="menu-body menu-end"><?cs include:"layout_drawer.cs" ?></div>
    </details>
  </div>
</header>
<?cs if:subcount(Page.top) ?><nav class="sections" aria-label="<?cs var:_("Sections") ?>">
  <ul><?cs each:item = Page.top ?>
    <li><a href="<?cs var:item.href ?>"<?cs if:item.current ?> aria-current="true"<?cs /if ?>><?cs var:item.label ?></a></li><?cs /each ?>
  </ul>
  <?cs if:subcount(Page.goto) ?><details class="menu">
    <summary><?cs var:_("Go to") ?></summary>
    <ul class="menu-body menu-end"><?cs each:item = Page.goto ?>
      <li><a href="<?cs var:item.href ?>"><?cs var:item.label ?></a></li><?cs /each ?>
    </ul>
  </details><?cs /if ?>
</nav><?cs /if ?>
<?cs if:subcount(Page.second) ?><nav class="subsections" aria-label="<?cs var:_("Pages of the section") ?>">
  <ul><?cs each:item = Page.second ?>
    <li><a href="<?cs var:item.href ?>"<?cs if:item.current ?> aria-current="true"<?cs /if ?>><?cs var:item.label ?></a></li><?cs /each ?>
  </ul>
</nav><?cs /if ?>
<?cs if:subcount(Page.crumbs) ?><nav class="crumbs<?cs if:Page.crumbs_kind == "process" ?> crumbs-process<?cs /if ?>" aria-label="<?cs var:_("Where you are") ?>">
  <ol><?cs each:crumb = Page.crumbs ?>
    <li><?cs if:crumb.href ?><a href="<?cs var:crumb.href ?>"><?cs var:crumb.text ?></a><?cs else ?><?cs var:crumb.text ?><?cs /if ?></li><?cs /each ?>
  </ol>
</nav><?cs /if ?>
<div class="frame<?cs if:Panel.action ?> frame-panel<?cs /if ?>">
<?cs if:Panel.action ?><?cs include:"panel_contingent.cs" ?><?cs /if ?>
<main id="content" tabindex="-1">
<?cs if:Panel.action ?><a class="to-panel" href="#panel"><?cs var:_("Other classes, search, output forms") ?></a><?cs /if ?>
<div class="title">
  <h1><?cs var:Page.title ?></h1>
  <?cs if:Page.facts && Page.facts != Page.title ?><p class="facts"><?cs var:Page.facts ?><?cs each:fact = Page.facts ?> · <?cs var:fact.words ?> <?cs if:fact.href ?><a href="<?cs var:fact.href ?>"><?cs var:fact.name ?></a><?cs else ?><?cs var:fact.name ?><?cs /if ?><?cs /each ?></p><?cs /if ?>
  <?cs if:Page.save || subcount(Page.actions) + subcount(Page.operations) + subcount(List.actions) > 0 ?><div class="actions">
    <?cs if:Page.save || subcount(Page.operations) ?><details class="menu">
      <summary class="btn btn-plain"><?cs var:_("Operations") ?></summary>
      <ul class="menu-body menu-end"><?cs each:item = Page.operations ?>
        <li><a href="<?cs var:item.href ?>"><?cs var:item.label ?></a></li><?cs /each ?><?cs if:Page.save ?>
        <li><button form="record" name="action" value="submit"><?cs var:_("Save") ?></button></li><?cs /if ?>
      </ul>
    </details><?cs /if ?>
    <?cs each:item = Page.actions ?><a class="btn <?cs if:item.primary ?>btn-primary<?cs else ?>btn-plain<?cs /if ?>" href="<?cs var:item.href ?>"><?cs if:item.icon ?><svg class="icon" aria-hidden="true"><use href="/static/<?cs var:Page.static.icons ?>#<?cs var:item.icon ?>"></use></svg><?cs /if ?><?cs var:item.label ?></a>
    <?cs /each ?><?cs each:item = List.actions ?><a class="btn <?cs if:item.primary ?>btn-primary<?cs else ?>btn-plain<?cs /if ?>" href="<?cs var:item.href ?>"><?cs if:item.icon ?><svg class="icon" aria-hidden="true"><use href="/static/<?cs var:Page.static.icons ?>#<?cs var:item.icon ?>"></use></svg><?cs /if ?><?cs var:item.label ?></a>
    <?cs /each ?>
  </div><?cs /if ?>
</div>
<?cs if:Page.flash.text ?><p class="flash flash-<?cs var:Page.flash.kind ?>" role="status"><?cs var:Page.flash.text ?></p><?cs /if ?>
<?cs if:subcount(Page.tabs) ?><nav class="tabs" aria-label="<?cs var:_("Tabs") ?>">
  <ul><?cs each:tab = Page.tabs ?>
    <li><a href="<?cs var:tab.href ?>"<?cs if:tab.current ?> aria-current="page"<?cs /if ?>><?cs var:tab.label ?><?cs if:tab.count ?> <span><?cs var:tab.count ?></span><?cs /if ?></a></li><?cs /each ?>
  </ul>
</nav><?cs /if ?>
