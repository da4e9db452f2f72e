/* test_xml.c: what the XML reader refuses and where, and that the writer gives the same bytes. */
#include "engine/xml.h"
#include "engine/xml_guard.h"
#include "engine_suites.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void init_errors(void)
{
    fixture_ok(error_init());
}

static int file_of(const char *bytes, size_t length)
{
    int fd = memfd_create("test", MFD_CLOEXEC);
    ck_assert_int_eq(write(fd, bytes, length), (ssize_t)length);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static const char schema_text[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:test:1' xmlns='urn:test:1' elementFormDefault='qualified'>"
    "<xs:element name='list'><xs:complexType><xs:sequence>"
    "<xs:element name='item' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:simpleContent><xs:extension base='xs:string'>"
    "<xs:attribute name='n' type='xs:int' use='required'/></xs:extension></xs:simpleContent></xs:complexType></xs:element>"
    "</xs:sequence></xs:complexType></xs:element></xs:schema>";

static struct xml_schema *load_schema(void)
{
    struct xml_schema *schema;
    char path[] = "/tmp/mektep-xsd-XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_eq(write(fd, schema_text, strlen(schema_text)), (ssize_t)strlen(schema_text));
    close(fd);
    fixture_ok(xml_schema_load(path, &schema));
    unlink(path);
    return schema;
}

static NEOERR *read_all(struct xml_reader *reader, int *starts)
{
    enum xml_event event;
    do {
        TRY(xml_next(reader, &event));
        *starts += event == XML_START;
    } while (event != XML_DONE);
    return STATUS_OK;
}

/* ---- what is read ---- */

START_TEST(elements_attributes_and_text_come_in_order_with_their_lines)
{
    static const char text[] =
        "<?xml version='1.0' encoding='UTF-8'?>\n<list xmlns='urn:test:1'>\n  <item n='7'>Ә &amp; <![CDATA[<b>]]></item>\n  <item n='8'/>\n</list>\n";
    static const struct {
        enum xml_event event;
        int line, depth;
        const char *words;
    } expected[] = {
        {XML_START, 2, 1, "list"}, {XML_START, 3, 2, "item"}, {XML_TEXT, 3, 0, "Ә & <b>"}, {XML_CLOSE, 3, 2, "item"},
        {XML_START, 4, 2, "item"}, {XML_CLOSE, 4, 2, "item"}, {XML_CLOSE, 5, 1, "list"},
    };
    struct xml_schema *schema = load_schema();
    struct xml_reader *reader;
    enum xml_event event;
    int fd = file_of(text, strlen(text));
    fixture_ok(xml_open(fixture_pool(), fd, schema, &reader));
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        fixture_ok(xml_next(reader, &event));
        ck_assert_int_eq(event, expected[i].event);
        ck_assert_str_eq(event == XML_TEXT ? xml_text(reader) : xml_name(reader), expected[i].words);
        if (event == XML_TEXT)
            continue;
        ck_assert_int_eq(xml_depth(reader), expected[i].depth);
        ck_assert_str_eq(xml_namespace(reader), "urn:test:1");
        if (i == 1) {
            const char *n = xml_attribute(reader, "n");
            ck_assert_ptr_null(xml_attribute(reader, "other"));
            ck_assert_str_eq(n, "7");
        }
        if (event == XML_START)
            ck_assert_int_eq(xml_line(reader), expected[i].line);
    }
    fixture_ok(xml_next(reader, &event));
    ck_assert_int_eq(event, XML_DONE);
    fixture_ok(xml_next(reader, &event));
    ck_assert_int_eq(event, XML_DONE);
    close(fd);
    xml_close(reader);
    xml_schema_free(schema);
}
END_TEST

/* ---- what is refused ---- */

#define HEAD "<?xml version='1.0' encoding='UTF-8'?>\n"
#define LIST "<list xmlns='urn:test:1'>"
#define BLANKS "          "
#define FIFTY_BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS
#define FIVE_HUNDRED_BLANKS                                                                                   \
    FIFTY_BLANKS FIFTY_BLANKS FIFTY_BLANKS FIFTY_BLANKS FIFTY_BLANKS FIFTY_BLANKS FIFTY_BLANKS FIFTY_BLANKS FIFTY_BLANKS FIFTY_BLANKS
static const struct hostile {
    const char *what, *text;
    size_t length; /* 0 = strlen */
    int line;      /* 0 = any */
    const char *reason; /* a part of it; NULL = any */
} hostile[] = {
    {"empty file", "", .reason = NULL},
    {"no XML", "PK\003\004 not xml at all"},
    {"broken off in a tag", HEAD LIST "\n<item n='1'", .line = 3},
    {"broken off between tags", HEAD LIST "\n<item n='1'/>\n", .reason = "ends before"},
    {"a DOCTYPE", HEAD "<!DOCTYPE list>\n" LIST "\n\n</list>", .line = 2, .reason = "DOCTYPE"},
    {"an external DTD", HEAD "<!DOCTYPE list SYSTEM 'file:///etc/passwd'>\n" LIST "</list>", .reason = "DOCTYPE"},
    {"an external entity", HEAD "<!DOCTYPE list [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>\n" LIST "<item n='1'>&e;</item></list>", .reason = "DOCTYPE"},
    {"an unknown entity", HEAD LIST "\n<item n='1'>&e;</item></list>", .line = 3},
    {"a second root", HEAD LIST "</list><list/>"},
    {"an attribute twice", HEAD LIST "<item n='1' n='2'/></list>"},
    {"an unknown element", HEAD LIST "\n\n<thing/></list>", .line = 4, .reason = "thing"},
    {"an unknown attribute", HEAD LIST "<item n='1' m='2'/></list>", .line = 2, .reason = "m"},
    {"a wrong value", HEAD LIST "\n<item n='seven'/></list>", .line = 3, .reason = "seven"},
    {"another namespace", HEAD "<list xmlns='urn:test:2'></list>", .line = 2},
    {"no namespace", HEAD "<list></list>", .line = 2},
    {"bytes that are not UTF-8", HEAD LIST "<item n='1'>\xc0\xc1\xff</item></list>", .line = 2},
    {"windows-1251", "<?xml version='1.0' encoding='windows-1251'?>\n" LIST "<item n='1'>\xc0\xe1</item></list>", .reason = "UTF-8"},
    {"UTF-8 that calls itself UTF-16", "<?xml version='1.0' encoding='UTF-16'?>\n" LIST "</list>"},
    {"UTF-7 in an UTF-8 beginning", "<?xml version='1.0' encoding='UTF-7'?>\n+ADw-list/>", .line = 1, .reason = "UTF-8"},
    {"an encoding said too late", "<?xml version='1.0'" FIVE_HUNDRED_BLANKS "encoding='UTF-7'?>\n" LIST "</list>", .line = 1, .reason = "UTF-8"},
    {"EBCDIC", "\x4c\x6f\xa7\x94\x93", .line = 1, .reason = "UTF-8"},
    {"a DOCTYPE after a comment", HEAD "<!-- <list> -->\n<!DOCTYPE list [<!ATTLIST list m CDATA ''>]>\n" LIST "</list>", .line = 3, .reason = "DOCTYPE"},
    {"UTF-16", "\xff\xfe<\0l\0i\0s\0t\0/\0>\0", 16, .reason = "UTF-8"},
    {"a NUL", HEAD LIST "\0</list>", sizeof HEAD + sizeof LIST + 7},
    {"a control character", HEAD LIST "<item n='1'>\x01</item></list>", .line = 2},
};

START_TEST(hostile_files_are_refused_with_line_and_reason)
{
    const struct hostile *bad = &hostile[_i];
    struct xml_schema *schema = load_schema();
    struct xml_reader *reader;
    int starts = 0, fd = file_of(bad->text, bad->length != 0 ? bad->length : strlen(bad->text));
    fixture_ok(xml_open(fixture_pool(), fd, schema, &reader));
    fixture_fails(read_all(reader, &starts), ERROR_INPUT);
    const struct xml_fault *fault = xml_fault(reader);
    ck_assert_msg(fault->reason != NULL && fault->reason[0] != '\0', "%s: no reason", bad->what);
    ck_assert_msg(bad->line == 0 || fault->line == bad->line, "%s: line %d, not %d: %s", bad->what, fault->line, bad->line, fault->reason);
    ck_assert_msg(bad->reason == NULL || strstr(fault->reason, bad->reason) != NULL, "%s: %s", bad->what, fault->reason);
    close(fd);
    xml_close(reader);
    xml_schema_free(schema);
}
END_TEST

static void refuse_text(const char *text, size_t length, const char *reason)
{
    struct xml_reader *reader;
    int starts = 0, fd = file_of(text, length);
    fixture_ok(xml_open(fixture_pool(), fd, NULL, &reader));
    fixture_fails(read_all(reader, &starts), ERROR_INPUT);
    if (reason != NULL)
        ck_assert_ptr_nonnull(strstr(xml_fault(reader)->reason, reason));
    close(fd);
    xml_close(reader);
}

START_TEST(a_billion_laughs_are_not_laughed)
{
    STRING text;
    string_init(&text);
    string_append(&text, HEAD "<!DOCTYPE list [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 40; i++)
        string_appendf(&text, "<!ENTITY a%d '&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;'>", i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    string_append(&text, "]><list a='&a39;'>&a39;</list>");
    int64_t began = clock_monotonic();
    refuse_text(text.buf, (size_t)text.len, NULL);
    ck_assert_int_lt(clock_monotonic() - began, 5000);
    string_clear(&text);
}
END_TEST

START_TEST(deep_nesting_is_refused)
{
    STRING text;
    string_init(&text);
    for (int i = 0; i < 200000; i++)
        string_append(&text, "<a>");
    refuse_text(text.buf, (size_t)text.len, "nested too deeply");
    string_clear(&text);
}
END_TEST

/* An element of so many attributes, which begins on the third line; before it what might blind who counts them. */
static char *with_attributes(const char *before, int count)
{
    STRING text;
    string_init(&text);
    string_appendf(&text, HEAD "<list>\n%s<item", before);
    for (int i = 0; i < count; i++)
        string_appendf(&text, " a%d=%s", i, i % 2 == 0 ? "\">'\"" : "'\"'");
    string_append(&text, "/></list>");
    char *kept = pool_strdup(fixture_pool(), text.buf);
    string_clear(&text);
    return kept;
}

static const char *const before_tags[] = {"", "it's \"", "<!-- <it's - > \" -->", "<![CDATA[ <a b=' ]]]]>", "<?php echo '<a b=\"'; ?>", "<b c='>'>'</b>"};

START_TEST(an_element_of_very_many_attributes_is_refused_at_once)
{
    const char *text = with_attributes(before_tags[_i], XML_ATTRIBUTES_MAX);
    struct xml_reader *reader;
    int starts = 0, fd = file_of(text, strlen(text));
    fixture_ok(xml_open(fixture_pool(), fd, NULL, &reader));
    fixture_ok(read_all(reader, &starts));
    xml_close(reader);
    close(fd);
    text = with_attributes(before_tags[_i], XML_ATTRIBUTES_MAX + 1);
    refuse_text(text, strlen(text), "too many attributes");
    text = with_attributes(before_tags[_i], 1000000);
    refuse_text(text, strlen(text), "too many attributes");
}
END_TEST

START_TEST(a_huge_text_is_refused)
{
    enum { HUGE_BYTES = 12 * 1024 * 1024 };
    char *text = malloc(HUGE_BYTES);
    memset(text, 'x', HUGE_BYTES);
    memcpy(text, "<a>", 3);
    memcpy(text + HUGE_BYTES - 4, "</a>", 4);
    refuse_text(text, HUGE_BYTES, NULL);
    memset(text + 3, 'x', 3);
    memcpy(text, "<a b='", 6);
    refuse_text(text, HUGE_BYTES, NULL);
    free(text);
}
END_TEST

START_TEST(a_schema_that_is_not_there_is_an_error)
{
    struct xml_schema *schema;
    fixture_fails(xml_schema_load("/nowhere/contingent.xsd", &schema), ERROR_INTERNAL);
}
END_TEST

/* ---- writing ---- */

static const char *written(int fd)
{
    static char text[4096];
    ssize_t got = pread(fd, text, sizeof text - 1, 0);
    text[got] = '\0';
    close(fd);
    return text;
}

START_TEST(the_same_calls_give_these_bytes)
{
    struct xml_writer *writer;
    int fd = memfd_create("test", MFD_CLOEXEC);
    fixture_ok(xml_writer_open(fd, &writer));
    fixture_ok(xml_start(writer, "list"));
    fixture_ok(xml_put_attribute(writer, "xmlns", "urn:test:1"));
    fixture_ok(xml_put_attribute(writer, "absent", NULL));
    fixture_ok(xml_start(writer, "item"));
    fixture_ok(xml_put_attribute(writer, "n", "<&\"'>\n\t"));
    fixture_ok(xml_end(writer));
    fixture_ok(xml_element(writer, "item", "Ә<&>\r\"\x01"));
    fixture_ok(xml_element(writer, "absent", NULL));
    fixture_ok(xml_start(writer, "open"));
    fixture_ok(xml_writer_close(writer));
    ck_assert_str_eq(written(fd), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                  "<list xmlns=\"urn:test:1\">\n"
                                  "  <item n=\"&lt;&amp;&quot;'&gt;&#10;&#9;\"/>\n"
                                  "  <item>Ә&lt;&amp;&gt;&#13;\"\xEF\xBF\xBD</item>\n"
                                  "  <open/>\n"
                                  "</list>\n");
}
END_TEST

START_TEST(what_was_written_reads_back_the_same)
{
    static const char words[] = "A \"B\" 'C' <D> & \n\t \r Ә 🐎";
    struct xml_writer *writer;
    struct xml_reader *reader;
    enum xml_event event;
    int fd = memfd_create("test", MFD_CLOEXEC);
    fixture_ok(xml_writer_open(fd, &writer));
    fixture_ok(xml_start(writer, "a"));
    fixture_ok(xml_put_attribute(writer, "b", words));
    fixture_ok(xml_put_text(writer, words));
    fixture_ok(xml_writer_close(writer));
    lseek(fd, 0, SEEK_SET);
    fixture_ok(xml_open(fixture_pool(), fd, NULL, &reader));
    fixture_ok(xml_next(reader, &event));
    ck_assert_str_eq(xml_attribute(reader, "b"), words);
    fixture_ok(xml_next(reader, &event));
    ck_assert_str_eq(xml_text(reader), words);
    close(fd);
}
END_TEST

Suite *xml_suite(void)
{
    Suite *suite = suite_create("xml");
    TCase *tcase = tcase_create("xml");
    tcase_set_timeout(tcase, 30);
    tcase_add_unchecked_fixture(tcase, init_errors, NULL);
    tcase_add_checked_fixture(tcase, NULL, fixture_end);
    tcase_add_test(tcase, elements_attributes_and_text_come_in_order_with_their_lines);
    tcase_add_loop_test(tcase, hostile_files_are_refused_with_line_and_reason, 0, sizeof hostile / sizeof hostile[0]);
    tcase_add_test(tcase, a_billion_laughs_are_not_laughed);
    tcase_add_test(tcase, deep_nesting_is_refused);
    tcase_add_loop_test(tcase, an_element_of_very_many_attributes_is_refused_at_once, 0, sizeof before_tags / sizeof before_tags[0]);
    tcase_add_test(tcase, a_huge_text_is_refused);
    tcase_add_test(tcase, a_schema_that_is_not_there_is_an_error);
    tcase_add_test(tcase, the_same_calls_give_these_bytes);
    tcase_add_test(tcase, what_was_written_reads_back_the_same);
    suite_add_tcase(suite, tcase);
    return suite;
}
