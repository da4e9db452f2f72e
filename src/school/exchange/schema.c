/* schema.c: the XSD of the contingent, from the tables of kinds.c and the code lists; schemas/contingent.xsd is this. */
#include "school/exchange/exchange.h"

#include "school/codes.h"
#include "school/exchange/kinds.h"

static NEOERR *attributes(struct xml_writer *xsd, const char *const *pairs)
{
    for (; pairs[0] != NULL; pairs += 2)
        TRY(xml_put_attribute(xsd, pairs[0], pairs[1]));
    return STATUS_OK;
}

/* An element with its attributes, left open. */
#define OPEN(name, ...)                                                      \
    do {                                                                     \
        TRY(xml_start(xsd, name));                                           \
        TRY(attributes(xsd, (const char *const[]){__VA_ARGS__, NULL, NULL})); \
    } while (0)
#define EMPTY(name, ...)           \
    do {                           \
        OPEN(name, __VA_ARGS__);   \
        TRY(xml_end(xsd));         \
    } while (0)

/* ---- simple types ---- */

static const struct pattern_type {
    const char *name, *base, *pattern;
} pattern_types[] = {
    {"uid", "xs:string", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"},
    {"date", "xs:date", "[0-9]{4}-[0-9]{2}-[0-9]{2}"},
    {"instant", "xs:dateTime", "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z"},
    {"time", "xs:string", "([01][0-9]|2[0-3]):[0-5][0-9]"},
    {"tick", "xs:string", "1"},
    {"twelve-digits", "xs:string", "[0-9]{12}"},
    {"kato", "xs:string", "[0-9]{9}"},
    {"sha256", "xs:string", "[0-9a-f]{64}"},
};

/* NULL = of one's own. */
static const char *const type_names[] = {
    [EXCHANGE_UID] = "uid", [EXCHANGE_DATE] = "date", [EXCHANGE_INSTANT] = "instant", [EXCHANGE_TIME] = "time", [EXCHANGE_TICK] = "tick", [EXCHANGE_REF] = "uid",
    [EXCHANGE_IIN] = "twelve-digits", [EXCHANGE_BIN] = "twelve-digits", [EXCHANGE_KATO] = "kato", [EXCHANGE_SHA256] = "sha256", [EXCHANGE_MADE] = NULL,
};

static NEOERR *write_pattern(struct xml_writer *xsd, const struct pattern_type *type)
{
    OPEN("xs:simpleType", "name", type->name);
    OPEN("xs:restriction", "base", type->base);
    EMPTY("xs:pattern", "value", type->pattern);
    TRY(xml_end(xsd));
    return nerr_pass(xml_end(xsd));
}

static NEOERR *write_code(struct xml_writer *xsd, const struct code *code)
{
    OPEN("xs:enumeration", "value", code->code);
    TRY(xml_start(xsd, "xs:annotation"));
    for (int language = 0; language < LANGUAGES; language++) {
        OPEN("xs:documentation", "xml:lang", language_codes[language]);
        TRY(xml_put_text(xsd, code->names[language]));
        TRY(xml_end(xsd));
    }
    TRY(xml_end(xsd));
    return nerr_pass(xml_end(xsd));
}

static NEOERR *write_code_list(struct xml_writer *xsd, const struct code_list *list)
{
    OPEN("xs:simpleType", "name", list->id);
    OPEN("xs:restriction", "base", "xs:string");
    for (const struct code *code = list->codes; code->code != NULL; code++)
        TRY(write_code(xsd, code));
    TRY(xml_end(xsd));
    return nerr_pass(xml_end(xsd));
}

static bool is_exchanged(const struct code_list *list)
{
    for (const struct exchange_kind *kind = exchange_kinds; kind->element != NULL; kind++)
        for (const struct exchange_field *field = kind->fields; field->attribute != NULL; field++)
            if (field->codes == list)
                return true;
    return false;
}

/* ---- elements ---- */

/* Types that only one attribute has stand inside of it. */
static NEOERR *write_own_type(struct xml_writer *xsd, const struct exchange_field *field)
{
    char number[24];
    snprintf(number, sizeof number, "%ld", field->max);
    TRY(xml_start(xsd, "xs:simpleType"));
    if (field->type == EXCHANGE_CODES || field->type == EXCHANGE_FILES) {
        TRY(xml_start(xsd, "xs:restriction"));
        TRY(xml_start(xsd, "xs:simpleType"));
        EMPTY("xs:list", "itemType", field->type == EXCHANGE_CODES ? field->codes->id : "sha256");
        TRY(xml_end(xsd));
        EMPTY("xs:minLength", "value", "1");
        if (field->type == EXCHANGE_FILES)
            EMPTY("xs:maxLength", "value", number);
    } else if (field->type == EXCHANGE_NUMBER) {
        OPEN("xs:restriction", "base", "xs:nonNegativeInteger");
        EMPTY("xs:maxInclusive", "value", number);
    } else {
        OPEN("xs:restriction", "base", field->type == EXCHANGE_LINES ? "xs:string" : "xs:token");
        EMPTY("xs:minLength", "value", "1");
        EMPTY("xs:maxLength", "value", number);
    }
    TRY(xml_end(xsd));
    return nerr_pass(xml_end(xsd));
}

static const char *type_name(const struct exchange_field *field)
{
    if (field->type == EXCHANGE_CODE)
        return field->codes->id;
    return type_names[field->type];
}

static NEOERR *write_field(struct xml_writer *xsd, const struct exchange_field *field)
{
    const char *type = type_name(field);
    OPEN("xs:attribute", "name", field->attribute);
    TRY(xml_put_attribute(xsd, "type", type));
    if (field->flags & EXCHANGE_REQUIRED)
        TRY(xml_put_attribute(xsd, "use", "required"));
    if (type == NULL)
        TRY(write_own_type(xsd, field));
    return nerr_pass(xml_end(xsd));
}

static NEOERR *write_child(struct xml_writer *xsd, const struct exchange_kind *kind)
{
    EMPTY("xs:element", "name", kind->element, "type", kind->element, "minOccurs", "0", "maxOccurs", "unbounded");
    return STATUS_OK;
}

static NEOERR *write_kind(struct xml_writer *xsd, const struct exchange_kind *kind)
{
    OPEN("xs:complexType", "name", kind->element);
    if (kind == exchange_organisation) {
        TRY(xml_start(xsd, "xs:sequence"));
        for (const struct exchange_kind *child = kind + 1; child->element != NULL; child++)
            TRY(write_child(xsd, child));
        TRY(xml_end(xsd));
    }
    for (const struct exchange_field *field = kind->fields; field->attribute != NULL; field++)
        if (field->type != EXCHANGE_MADE)
            TRY(write_field(xsd, field));
    return nerr_pass(xml_end(xsd));
}

static NEOERR *write_root(struct xml_writer *xsd)
{
    OPEN("xs:element", "name", "contingent");
    TRY(xml_start(xsd, "xs:complexType"));
    TRY(xml_start(xsd, "xs:sequence"));
    TRY(write_child(xsd, exchange_person));
    TRY(write_child(xsd, exchange_organisation));
    for (int i = 0; i < 3; i++)
        TRY(xml_end(xsd));
    return STATUS_OK;
}

static NEOERR *write_schema(struct xml_writer *xsd)
{
    OPEN("xs:schema", "xmlns:xs", "http://www.w3.org/2001/XMLSchema", "xmlns", CONTINGENT_NAMESPACE, "targetNamespace", CONTINGENT_NAMESPACE,
         "elementFormDefault", "qualified");
    TRY(write_root(xsd));
    for (const struct exchange_kind *kind = exchange_kinds; kind->element != NULL; kind++)
        TRY(write_kind(xsd, kind));
    for (size_t i = 0; i < sizeof pattern_types / sizeof pattern_types[0]; i++)
        TRY(write_pattern(xsd, &pattern_types[i]));
    for (const struct code_list *const *list = school_code_lists; *list != NULL; list++)
        if (is_exchanged(*list))
            TRY(write_code_list(xsd, *list));
    return STATUS_OK;
}

NEOERR *exchange_write_schema(int fd)
{
    struct xml_writer *xsd;
    TRY(xml_writer_open(fd, &xsd));
    NEOERR *error = write_schema(xsd);
    if (error == STATUS_OK)
        return nerr_pass(xml_writer_close(xsd));
    xml_writer_abandon(xsd);
    return nerr_pass(error);
}
