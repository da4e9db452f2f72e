/* page_form.c: see page_form.h. */
#include "page_form.h"

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>
#include <string.h>

#define FORM "//form[@data-form]"

/* ---- a page as a tree ---- */

static xmlNodeSetPtr find(xmlXPathContextPtr context, const char *path, xmlXPathObjectPtr *found)
{
    *found = xmlXPathEvalExpression(BAD_CAST path, context);
    ck_assert_msg(*found != NULL, "not an XPath: %s", path);
    return (*found)->nodesetval;
}

static void free_tree(void *data)
{
    xmlFreeDoc(data);
}

/* A page is asked about many things: its tree is kept until another one is looked at; the pool of the test frees all. */
static htmlDocPtr tree_of(struct answer page)
{
    static const char *body;
    static htmlDocPtr tree;
    if (body == page.body)
        return tree;
    body = page.body;
    tree = htmlReadMemory(body, (int)strlen(body), NULL, "UTF-8", HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER);
    ck_assert_ptr_nonnull(tree);
    pool_cleanup(fixture_pool(), free_tree, tree);
    return tree;
}

/* Calls use for each node that the path finds; says how many there were. */
static int each_node(struct answer page, const char *path, void (*use)(xmlNodePtr node, void *data), void *data)
{
    xmlXPathContextPtr context = xmlXPathNewContext(tree_of(page));
    xmlXPathObjectPtr found;
    xmlNodeSetPtr nodes = find(context, path, &found);
    int count = nodes != NULL ? nodes->nodeNr : 0;
    for (int i = 0; i < count && use != NULL; i++)
        use(nodes->nodeTab[i], data);
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    return count;
}

static bool has(struct answer page, const char *path)
{
    return each_node(page, path, NULL, NULL) > 0;
}

static const char *attribute(xmlNodePtr node, const char *name)
{
    xmlChar *value = xmlGetProp(node, BAD_CAST name);
    char *kept = pool_strdup(fixture_pool(), value != NULL ? (const char *)value : "");
    xmlFree(value);
    return kept;
}

/* ---- what a browser sends ---- */

struct gathering {
    struct sent fields[300];
    size_t count;
};

static void add(struct gathering *all, const char *name, const char *value)
{
    ck_assert_uint_lt(all->count + 1, sizeof all->fields / sizeof *all->fields);
    all->fields[all->count++] = (struct sent){name, value, NULL, 0};
}

/* The option that is selected, else the first one. */
static const char *option_of(xmlNodePtr select)
{
    const char *value = NULL;
    for (xmlNodePtr node = select->children; node != NULL; node = node->next) {
        xmlNodePtr option = xmlStrEqual(node->name, BAD_CAST "optgroup") ? node->children : node;
        for (; option != NULL; option = option->next) {
            if (xmlStrEqual(option->name, BAD_CAST "option") && (value == NULL || xmlHasProp(option, BAD_CAST "selected")))
                value = attribute(option, "value");
            if (option->parent == select)
                break;
        }
    }
    return value != NULL ? value : "";
}

static void gather(xmlNodePtr node, void *data)
{
    const char *name = attribute(node, "name"), *type = attribute(node, "type");
    bool is_ticked = xmlHasProp(node, BAD_CAST "checked") != NULL;
    xmlChar *text = xmlNodeGetContent(node);
    if (xmlStrEqual(node->name, BAD_CAST "select"))
        add(data, name, option_of(node));
    else if (xmlStrEqual(node->name, BAD_CAST "textarea"))
        add(data, name, pool_strdup(fixture_pool(), (const char *)text));
    else if (strcmp(type, "file") != 0 && (is_ticked || (strcmp(type, "radio") != 0 && strcmp(type, "checkbox") != 0)))
        add(data, name, attribute(node, "value"));
    xmlFree(text);
}

const struct sent *form_of(struct answer page)
{
    struct gathering *all = pool_alloc(fixture_pool(), sizeof *all);
    each_node(page, FORM "//*[@name][self::input or self::select or self::textarea]", gather, all);
    add(all, "action", "submit");
    return all->fields;
}

struct answer send_form(struct answer page, const char *path, const struct sent *fields)
{
    return has(page, FORM "[@enctype='multipart/form-data']") ? post_multipart(path, fields) : post(path, fields);
}

/* ---- what stands at a field ---- */

bool form_asks(struct answer page, const char *name)
{
    return has(page, path_of(FORM "//*[@name='%s']", name));
}

bool form_stars(struct answer page, const char *name)
{
    return has(page, path_of(FORM "//*[@for='field-%s' or @id='field-%s-label']//*[@class='star']", name, name));
}

bool summary_leads_to(struct answer page, const char *name)
{
    return has(page, path_of("//*[@id='summary']//a[@href='#field-%s']", name)) && has(page, path_of(FORM "//*[@id='field-%s']", name));
}

const char *sent_value(const struct sent *fields, const char *name)
{
    const char *joined = "";
    for (; fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0 && fields->value[0] != '\0')
            joined = path_of("%s%s%s", joined, joined[0] != '\0' ? "," : "", fields->value);
    return joined;
}
