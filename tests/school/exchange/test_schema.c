/* test_schema.c: the XSD that is delivered is the one that the tables give. */
#include "fixture.h"
#include "school/codes.h"
#include "school/exchange/exchange.h"
#include "school/exchange/kinds.h"
#include "school_suites.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void init_errors(void)
{
    fixture_ok(error_init());
}

static const char *content(int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = pool_alloc(fixture_pool(), (size_t)size + 1);
    ck_assert_int_eq(pread(fd, text, (size_t)size, 0), size);
    close(fd);
    return text;
}

START_TEST(the_delivered_schema_is_what_mektepctl_schema_prints)
{
    FILE *delivered = fopen(SOURCE_DIR "/schemas/contingent.xsd", "r");
    int made = memfd_create("test", MFD_CLOEXEC);
    ck_assert_ptr_nonnull(delivered);
    fixture_ok(exchange_write_schema(made));
    ck_assert_str_eq(content(dup(fileno(delivered))), content(made));
    fclose(delivered);
}
END_TEST

START_TEST(every_exchanged_code_is_in_the_schema_in_three_languages)
{
    int made = memfd_create("test", MFD_CLOEXEC);
    fixture_ok(exchange_write_schema(made));
    const char *xsd = content(made);
    for (const struct exchange_kind *kind = exchange_kinds; kind->element != NULL; kind++)
        for (const struct exchange_field *field = kind->fields; field->attribute != NULL; field++) {
            const struct code *code = field->codes != NULL ? field->codes->codes : NULL;
            for (; code != NULL && code->code != NULL; code++) {
                ck_assert_ptr_nonnull(strstr(xsd, pool_printf(fixture_pool(), "<xs:enumeration value=\"%s\">", code->code)));
                for (int language = 0; language < LANGUAGES; language++)
                    ck_assert_ptr_nonnull(strstr(xsd, pool_printf(fixture_pool(), "xml:lang=\"%s\">%s<", language_codes[language], code->names[language])));
            }
        }
}
END_TEST

START_TEST(every_code_has_a_name_in_each_language_and_stands_once)
{
    for (const struct code_list *const *list = school_code_lists; *list != NULL; list++)
        for (const struct code *code = (*list)->codes; code->code != NULL; code++) {
            for (int language = 0; language < LANGUAGES; language++)
                ck_assert_msg(code->names[language] != NULL && code->names[language][0] != '\0', "%s: %s", (*list)->id, code->code);
            ck_assert_ptr_eq(code_find(*list, code->code), code);
        }
}
END_TEST

START_TEST(the_schema_holds_no_keys)
{
    int made = memfd_create("test", MFD_CLOEXEC);
    fixture_ok(exchange_write_schema(made));
    const char *xsd = content(made);
    ck_assert_ptr_null(strstr(xsd, "xs:key"));
    ck_assert_ptr_null(strstr(xsd, "xs:unique"));
}
END_TEST

Suite *schema_suite(void)
{
    Suite *suite = suite_create("schema");
    TCase *tcase = tcase_create("schema");
    tcase_add_unchecked_fixture(tcase, init_errors, NULL);
    tcase_add_checked_fixture(tcase, NULL, fixture_end);
    tcase_add_test(tcase, the_delivered_schema_is_what_mektepctl_schema_prints);
    tcase_add_test(tcase, every_exchanged_code_is_in_the_schema_in_three_languages);
    tcase_add_test(tcase, every_code_has_a_name_in_each_language_and_stands_once);
    tcase_add_test(tcase, the_schema_holds_no_keys);
    suite_add_tcase(suite, tcase);
    return suite;
}
