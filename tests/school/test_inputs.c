/* test_inputs.c: what bad input gets, at every field of every form and process of the registers, in every language: the right
 * status, words at the field, a summary that leads there, values kept, nothing stored. */
#include "page_form.h"
#include "school_suites.h"

#include "base/name.h"
#include "base/text.h"
#include "engine/area.h"
#include "engine/auth.h"
#include "engine/field_kind.h"

#include <string.h>

/* ---- what is sent to a field, by its kind ---- */

#define K(kind) (1u << FIELD_##kind)
#define WRITTEN (K(TEXT) | K(LINES))
#define MEASURED (WRITTEN | K(CLASS_NAME) | K(IIN) | K(BIN) | K(DATE) | K(EMAIL) | K(PHONE))
#define TYPED (MEASURED | K(NAME) | K(NUMBER))
#define CHOSEN (K(CHOICE) | K(PERSON) | K(TICKS))
#define EVERY (TYPED | CHOSEN | K(TICK) | K(FILE) | K(HIDDEN))

#define MARKUP "<i>&'\""
#define FOUR_BYTES "\xF0\x9F\x98\x80"
#define ADDRESS_OF_THE_STRANGER "19" /* person of the head there */

/* Words of the fields' kinds. */
#define NAME_WORDS "“%s”: only letters, a hyphen, an apostrophe and a space inside"
#define CLASS_WORDS "“%s”: no characters other than letters, digits and a hyphen"
#define DIGITS_WORDS "“%s” has 12 digits"
#define CONTROL_WORDS "“%s”: the control digit is wrong, check the number against the document"
#define DATE_WORDS "“%s”: write the date as day.month.year, for example 01.09.2026"
#define NO_DATE_WORDS "“%s”: there is no such date"
#define TIME_WORDS "“%s”: write the time as hours:minutes, for example 08:00"
#define NUMBER_WORDS "“%s”: a whole number in digits"
#define EMAIL_WORDS "“%s”: write the address as name@example.kz"
#define PHONE_WORDS "“%s”: write the number as +7 701 123 45 67"
#define CHOICE_WORDS "“%s”: choose from the list"
#define FILE_WORDS "The scan is not there any more; attach it again"

enum when { ALWAYS, REQUIRED_FIELD, NO_FUTURE, WITH_MAX };
enum { TOO_LONG = 1, TOO_BIG = 2 }; /* .made: values that follow from the field */

static const struct input {
    unsigned kinds;
    const char *value;
    const char *says;       /* msgid of the words at the field, or of the title of another status' page */
    int status;             /* 0 = 422 */
    enum when when;
    const char *name;       /* of the one field it is for; NULL = all of the kinds */
    const char *filename;   /* an upload with the value as its content */
    int made;
} inputs[] = {
    {TYPED, "", "Fill in “%s”", .when = REQUIRED_FIELD},
    {TYPED, " \t\x01\xE2\x80\x8B ", "Fill in “%s”", .when = REQUIRED_FIELD}, /* control bytes and what has no width */
    {CHOSEN, "", "Choose “%s”", .when = REQUIRED_FIELD},
    {K(FILE), "", "Attach “%s”", .when = REQUIRED_FIELD},
    {MEASURED, NULL, "“%s” is too long: %zu letters, at most %d", .made = TOO_LONG},
    {K(NAME), NULL, "“%s”: at most %d letters", .made = TOO_LONG},
    {EVERY, "a\xFF\xFE", "The request could not be read", 400},
    {K(NAME), "Ким1", NAME_WORDS},
    {K(NAME), MARKUP, NAME_WORDS},
    {K(NAME), "Ким\x1BАнна_", NAME_WORDS},
    {K(NAME), FOUR_BYTES, NAME_WORDS},
    {K(NAME), "Кaсымова", "“%s” has Latin letters among Cyrillic ones; it should be: %s"},
    {K(CLASS_NAME), "А_1", CLASS_WORDS},
    {K(CLASS_NAME), MARKUP, CLASS_WORDS},
    {K(CLASS_NAME), FOUR_BYTES, CLASS_WORDS},
    {K(IIN) | K(BIN), "12345", DIGITS_WORDS},
    {K(IIN) | K(BIN), MARKUP, DIGITS_WORDS},
    {K(IIN) | K(BIN), "11052760012" FOUR_BYTES, DIGITS_WORDS},
    {K(IIN) | K(BIN), "110527600127", CONTROL_WORDS},
    {K(IIN) | K(BIN), "000000000000", CONTROL_WORDS},
    {K(DATE), "вчера", DATE_WORDS},
    {K(DATE), MARKUP, DATE_WORDS},
    {K(DATE), FOUR_BYTES, DATE_WORDS},
    {K(DATE), "30.02.2011", NO_DATE_WORDS},
    {K(DATE), "29.02.2025", NO_DATE_WORDS},
    {K(DATE), "31.04.2026", NO_DATE_WORDS},
    {K(DATE), "01.13.2026", NO_DATE_WORDS},
    {K(DATE), "31.03.0200", "“%s”: check the year"},
    {K(DATE), "06.10.2026", "“%s” cannot be later than today: %s", .when = NO_FUTURE},
    {K(TIME), "в обед", TIME_WORDS},
    {K(TIME), MARKUP, TIME_WORDS},
    {K(TIME), FOUR_BYTES, TIME_WORDS},
    {K(TIME), "24:00", TIME_WORDS},
    {K(TIME), "8:60", TIME_WORDS},
    {K(NUMBER), "-1", NUMBER_WORDS},
    {K(NUMBER), "1,5", NUMBER_WORDS},
    {K(NUMBER), MARKUP, NUMBER_WORDS},
    {K(NUMBER), FOUR_BYTES, NUMBER_WORDS},
    {K(NUMBER), "99999999999999999999", "“%s”: the number is too big"},
    {K(NUMBER), NULL, "“%s”: the number is too big", .when = WITH_MAX, .made = TOO_BIG},
    {K(EMAIL), "no address", EMAIL_WORDS},
    {K(EMAIL), MARKUP, EMAIL_WORDS},
    {K(EMAIL), "a@b@example.kz", EMAIL_WORDS},
    {K(EMAIL), FOUR_BYTES, EMAIL_WORDS},
    {K(PHONE), "позвоните", PHONE_WORDS},
    {K(PHONE), MARKUP, PHONE_WORDS},
    {K(PHONE), "12", PHONE_WORDS},
    {K(PHONE), "+7 701 123 45 67" FOUR_BYTES, PHONE_WORDS},
    {CHOSEN | K(TICK), "no-such", CHOICE_WORDS},
    {CHOSEN | K(TICK), MARKUP, CHOICE_WORDS},
    {CHOSEN | K(TICK), FOUR_BYTES, CHOICE_WORDS},
    {K(PERSON), ADDRESS_OF_THE_STRANGER, CHOICE_WORDS},
    {K(CHOICE), ADDRESS_OF_THE_STRANGER, CHOICE_WORDS, .name = "same"},
    {K(CHOICE), "5", CHOICE_WORDS, .name = "class"}, /* STRANGE_CLASS */
    {K(HIDDEN), "5", "The page was not found", 404, .name = "class"},
    {K(HIDDEN), MARKUP, "The request could not be read", 400},
    {K(HIDDEN), FOUR_BYTES, "The request could not be read", 400},
    {K(HIDDEN), "x1", "The request could not be read", 400},
    {K(FILE), "900", FILE_WORDS}, /* STRANGE_FILE */
    {K(FILE), MARKUP, FILE_WORDS},
    {K(FILE), "<html><body>" MARKUP "</body></html>", "“%s” is %s.", .filename = "scan.pdf"},
    {K(FILE), "", "“%s” is empty. Attach another file.", .filename = "scan.pdf"},
    {K(FILE), "MZ\x90", "Attach a PDF, JPEG, PNG or TIFF file.", .filename = "scan.exe"},
};

static const char *repeated(const char *letter, int count)
{
    char *text = pool_alloc(fixture_pool(), strlen(letter) * (size_t)count + 1);
    for (int i = 0; i < count; i++)
        memcpy(text + strlen(letter) * (size_t)i, letter, strlen(letter));
    return text;
}

static int letters_at_most(const struct field *field)
{
    if (field->kind == FIELD_NAME)
        return NAME_MAX_LETTERS;
    return field->max > 0 ? field->max : field_kind(field)->max;
}

/* One letter too many, of four bytes each; markup among them stays text. */
static const char *value_for(const struct input *input, const struct field *field)
{
    if (input->made == TOO_LONG)
        return path_of("<i>%s", repeated(FOUR_BYTES, letters_at_most(field) - 2));
    return input->made == TOO_BIG ? path_of("%d", field->max + 1) : input->value;
}

/* ---- where the forms are ---- */

#define ANOTHER_ORDER(number) {"order_number", number}, {"order_date", "02.10.2026"}, {"order_summary", "О движении"}
#define AN_ORDER {"order_number", "7-у"}, {"order_date", "01.10.2026"}, {"order_summary", "О зачислении"}

#define A_MEAL(id, state)                                                                                                              \
    "INSERT INTO meal (org_id, id, pupil_id, year, number, submitted_on, applicant, ground, valid_from, valid_to, state)"              \
    " VALUES (1, " #id ", 1, 2026, " #id ", '2026-10-01', 'Сейітова', 'orphan', '2026-10-05' + INTERVAL " #id " DAY, '2026-10-05' + INTERVAL " #id " DAY, '" state "')"
#define AN_APPLICATION(org, id, surname)                                                                                                    \
    "INSERT INTO application (org_id, id, year, number, submitted_on, surname, given, born_on, sex, sort_key, fold_key, key_version, grade)" \
    " VALUES (" org ", " #id ", 2026, " #id ", '2026-10-01', '" surname "', 'Айша', '20" #id "-01-01' - INTERVAL 40 YEAR, 'F', '', '', 1, 1)"

static const struct spot {
    const char *id;     /* of the form or process */
    const char *role;
    int64_t org;
    const char *path;
    const struct sent *typed; /* makes it right, beside what stands there */
    const char *prepared, *prepared_too; /* SQL that makes the place; NULL = the school has it */
    void (*first)(void);                 /* the same, where SQL is not enough */
} spots[] = {
    {"organisation", "administrator", SCHOOL, "/organisations/1/edit", SENT({"bin", "120345600021"})},
    {"territory", "administrator", SCHOOL, "/territories/75131", NOTHING_SENT},
    {"school-year", "head", SCHOOL, "/1/2026/years/2026", NOTHING_SENT},
    {"class-general", "head", SCHOOL, "/1/2026/classes/1/general/edit", SENT({"entry_year", "2017"})},
    {"class-general", "head", COLLEGE, "/2/2026/classes/4/general/edit", SENT({"capacity", "25"})},
    {"class-education", "head", SCHOOL, "/1/2026/classes/1/education/edit", SENT({"language", "kk"})},
    {"class-education", "head", COLLEGE, "/2/2026/classes/4/education/edit", SENT({"places", "25"})},
    {"pupil-personal", "head", SCHOOL, "/1/2026/pupils/1/edit", SENT({"birth_place", "Тараз"}, {"surname_latin", "SEITOV"}, {"given_latin", "AIDAR"})},
    {"pupil-contacts", "head", SCHOOL, "/1/2026/pupils/1/contacts/edit", SENT({"address", "Абая, 1"})},
    {"contacts-proposal", "parent", SCHOOL, "/1/2026/pupils/1/contacts/propose", SENT({"address", "Абая, 2"})},
    {"corrections", "class-teacher", SCHOOL, "/1/2026/pupils/1/contacts/corrections",
     SENT({"reg_territory_id", "accept"}, {"reg_address", "accept"}, {"territory_id", "accept"}, {"address", "refuse"}, {"phone", "refuse"}, {"email", "refuse"}),
     "INSERT INTO correction (org_id, pupil_id, field, value, proposed_at, proposed_by) VALUES (1, 1, 'reg_territory_id', '75131', '2026-10-01', 13),"
     " (1, 1, 'reg_address', 'Абая, 3', '2026-10-01', 13), (1, 1, 'territory_id', '75131', '2026-10-01', 13), (1, 1, 'address', 'Абая, 3', '2026-10-01', 13),"
     " (1, 1, 'phone', '+7 701 123 45 67', '2026-10-01', 13), (1, 1, 'email', 'b@example.kz', '2026-10-01', 13)"},
    {"pupil-education", "head", SCHOOL, "/1/2026/pupils/1/education/edit", SENT({"study_form", "home"})},
    {"pupil-education", "head", COLLEGE, "/2/2026/pupils/5/education/edit", SENT({"entered_on", "01.09.2026"})},
    {"pupil-document", "head", SCHOOL, "/1/2026/pupils/1/documents/new", SENT({"kind", "identity-card"}, {"number", "0123"})},
    {"register-kinship", "secretary", SCHOOL, "/1/2026/start/register-kinship?subject=1",
     SENT({"iin", "840410300013"}, {"surname", "Ахметов"}, {"given", "Асан"}, {"born_on", "10.04.1984"}, {"sex", "M"}, {"degree", "father"})},
    {"register-kinship", "secretary", SCHOOL, "/1/2026/start/register-kinship?subject=2",
     SENT({"surname", "Служащая"}, {"given", "republic"}, {"born_on", "01.01.1981"}, {"sex", "F"}, {"degree", "mother"}, {"same", "2"}),
     "UPDATE person SET born_on = '1981-01-01' WHERE id = 2"},
    {"pupil-kinship", "head", SCHOOL, "/1/2026/pupils/3/family/50",
     SENT({"phone", "+7 701 123 45 67"}, {"born_on", "05.05.1979"}, {"ended_on", "01.10.2026"}, {"end_reason", "other"}),
     "INSERT INTO kinship (org_id, id, pupil_id, person_id, degree) VALUES (1, 50, 3, 1, 'mother')"},
    {"register-employee", "head", SCHOOL, "/1/2026/start/register-employee",
     SENT({"surname", "Служащая"}, {"given", "region"}, {"born_on", "01.01.1982"}, {"position", "учитель"}, {"same", "3"}),
     "UPDATE person SET born_on = '1982-01-01' WHERE id = 3"},
    {"pupil-social", "head", SCHOOL, "/1/2026/pupils/1/social/new", SENT({"category", "orphan"}, {"valid_from", "01.09.2026"})},
    {"pupil-health", "head", SCHOOL, "/1/2026/pupils/1/health/new", SENT({"examined_on", "01.09.2026"}, {"health_group", "2"}, {"conclusion", "ПМПК"})},
    {"pupil-achievement", "head", SCHOOL, "/1/2026/pupils/1/achievements/new",
     SENT({"contest_kind", "sport"}, {"contest", "Шахматы"}, {"contest_level", "region"}, {"contest_place", "1"}, {"held_on", "01.10.2026"})},
    {"pupil-paper", "parent", SCHOOL, "/1/2026/pupils/1/papers/new", SENT({"addressee", "в акимат"})},
    {"paper-decision", "head", SCHOOL, "/1/2026/papers/50", SENT({"decision", "refuse"}, {"remark", "нет"}),
     "INSERT INTO paper (org_id, id, pupil_id, state, addressee, ordered_at, ordered_by) VALUES (1, 50, 1, 'ordered', 'в акимат', '2026-10-01', 9)"},
    {"register-application", "secretary", SCHOOL, "/1/2026/start/register-application",
     SENT({"iin", "200411600015"}, {"surname", "Ахметова"}, {"given", "Айша"}, {"born_on", "11.04.2020"}, {"sex", "F"}, {"papers", "photos"})},
    {"register-application", "secretary", COLLEGE, "/2/2026/start/register-application",
     SENT({"surname", "Ахметова"}, {"given", "Айша"}, {"born_on", "11.04.2010"}, {"sex", "F"}, {"speciality", "Повар"}, {"papers", "photos"})},
    {"application", "head", SCHOOL, "/1/2026/applications/50/edit", SENT({"applicant", "Ахметов"}), AN_APPLICATION("1", 50, "Бекова")},
    {"application", "head", COLLEGE, "/2/2026/applications/51/edit", SENT({"applicant", "Ахметов"}), AN_APPLICATION("2", 51, "Бекова")},
    {"application-end", "head", SCHOOL, "/1/2026/applications/50/end", SENT({"state", "refused"}, {"remark", "нет мест"})},
    {"accept-application", "secretary", SCHOOL, "/1/2026/start/accept-application?subject=52", SENT({"iin", "120101600012"}), AN_APPLICATION("1", 52, "Асанова")},
    {"accept-application", "secretary", SCHOOL, "/1/2026/start/accept-application?subject=53",
     SENT({"no_iin_reason", "applied"}, {"given", "deputy"}, {"surname", "Служащая"}, {"born_on", "01.01.1983"}, {"same", "6"}),
     AN_APPLICATION("1", 53, "Иванова"), "UPDATE person SET born_on = '1983-01-01' WHERE id = 6"},
    {"accept-application", "secretary", COLLEGE, "/2/2026/start/accept-application?subject=54", SENT({"entered_on", "01.09.2026"}),
     AN_APPLICATION("2", 54, "Петрова")},
    {"accept-applications", "secretary", COLLEGE, "/2/2026/start/accept-applications?subject=56", SENT({"entered_on", "01.09.2026"}),
     AN_APPLICATION("2", 56, "Петрова")},
    {"register-meal", "secretary", SCHOOL, "/1/2026/start/register-meal?pupil=1",
     SENT({"applicant", "Сейітова"}, {"ground", "low-income"}, {"ground_document", "справка № 1"}, {"valid_from", "01.02.2027"})},
    {"meal", "head", SCHOOL, "/1/2026/meals/50/edit", SENT({"ground_document", "справка № 2"}), A_MEAL(50, "submitted")},
    {"meal-decision", "head", SCHOOL, "/1/2026/meals/51/decision", SENT({"state", "refused"}, {"remark", "нет права"}), A_MEAL(51, "submitted")},
    {"meal-end", "head", SCHOOL, "/1/2026/meals/52/end", SENT({"ended_on", "26.11.2026"}, {"remark", "отказ"}), A_MEAL(52, "granted")},
    {"shift", "head", SCHOOL, "/1/2026/shifts/new", SENT({"number", "3"}, {"begins_at", "14:00"}, {"ends_at", "18:30"})},
    {"employee", "head", SCHOOL, "/1/2026/staff/10/edit", SENT({"phone", "+7 701 123 45 67"})},
    {"employee-roles", "head", SCHOOL, "/1/2026/staff/10/roles", SENT({"roles", "secretary"})},
    {"register-employee", "head", SCHOOL, "/1/2026/start/register-employee",
     SENT({"iin", "850310300011"}, {"surname", "Ахметов"}, {"given", "Асан"}, {"born_on", "10.03.1985"}, {"position", "учитель"})},
    {"register-class", "head", SCHOOL, "/1/2026/start/register-class",
     SENT({"grade", "8"}, {"name_ru", "В"}, {"name_kk", "В"}, {"name_en", "V"}, {"class_teacher", "10"})},
    {"register-group", "head", COLLEGE, "/2/2026/start/register-group",
     SENT({"grade", "1"}, {"name_ru", "ПО-1"}, {"name_kk", "ПО-1"}, {"name_en", "SW-1"}, {"group_type", "budget"}, {"budget_places", "25"})},
    {"register-group", "head", COLLEGE, "/2/2026/start/register-group",
     SENT({"grade", "1"}, {"name_ru", "ПО-2"}, {"name_kk", "ПО-2"}, {"name_en", "SW-2"}, {"group_type", "extra-budget"}, {"places", "25"})},
    {"register-pupil", "secretary", SCHOOL, "/1/2026/start/register-pupil?class=1",
     SENT({"iin", "110527600126"}, {"surname", "Қасымова"}, {"given", "Әйгерім"}, {"born_on", "27.05.2011"}, {"sex", "F"})},
    {"register-pupil", "secretary", COLLEGE, "/2/2026/start/register-pupil",
     SENT({"grade", "1"}, {"surname", "Иванов"}, {"given", "Пётр"}, {"born_on", "02.09.2008"}, {"sex", "M"}, {"entered_on", "01.09.2026"})},
    {"register-pupil", "secretary", SCHOOL, "/1/2026/start/register-pupil",
     SENT({"grade", "10"}, {"no_iin_reason", "applied"}, {"surname", "Служащая"}, {"given", "parent"}, {"born_on", "01.01.1980"}, {"sex", "F"},
          {"same", "13"})},
    {"withdraw-pupil", "secretary", SCHOOL, "/1/2026/start/withdraw-pupil?subject=4", SENT({"reason", "Дважды"})},
    {"restore-pupil", "secretary", SCHOOL, "/1/2026/start/restore-pupil?subject=4", SENT({"reason", "Ошибка"})},
    {"merge-pupils", "secretary", SCHOOL, "/1/2026/start/merge-pupils?subject=4", SENT({"keep_login", "000000400012"}, {"keep", "1"})},
    {"enrol-pupil", "secretary", SCHOOL, "/1/2026/start/enrol-pupil?subject=2", SENT({"grade", "10"}, {"class", "1"}, AN_ORDER)},
    {"transfer-pupil", "secretary", SCHOOL, "/1/2026/start/transfer-pupil?subject=1", SENT({"grade", "9"}, {"class", "3"}, ANOTHER_ORDER("8-у"))},
    {"exclude-pupil", "secretary", SCHOOL, "/1/2026/start/exclude-pupil?subject=1",
     SENT({"reason", "transfer"}, {"to_name", "Колледж"}, {"to_org", "0"}, {"to_place", "Тараз"}, {"left_on", "02.10.2026"}, ANOTHER_ORDER("9-у"))},
    {"arriving-decline", "secretary", SCHOOL, "/1/2026/arriving/60/decline", SENT({"reason", "нет мест"}), .first = add_arriving_pupil},
    {"accept-arriving", "secretary", SCHOOL, "/1/2026/start/accept-arriving?subject=60", SENT({"grade", "10"}, {"class", "1"}, ANOTHER_ORDER("15-у"))},
    {"arrival-slip", "secretary", SCHOOL, "/1/2026/departures/61/arrival", SENT({"arrival_name", "Школа № 12"}, {"arrival_number", "5"}, {"arrival_on", "03.10.2026"}),
     "INSERT IGNORE INTO departure (org_id, id, pupil_id, order_id, year, number, left_on, class, to_name) VALUES (1, 61, 1, 1, 2026, 1, '2026-10-02', '10|А|А|A', 'Школа № 12')"},
    {"reinstate-pupil", "secretary", SCHOOL, "/1/2026/start/reinstate-pupil?subject=1", SENT({"grade", "9"}, {"class", "3"}, ANOTHER_ORDER("10-у"))},
    {"graduate-pupils", "secretary", SCHOOL, "/1/2026/start/graduate-pupils?subject=1",
     SENT({"certificate", "general"}, {"graduated_on", "03.10.2026"}, ANOTHER_ORDER("11-у"))},
    {"enrol-pupil", "secretary", COLLEGE, "/2/2026/start/enrol-pupil?subject=72",
     SENT({"grade", "1"}, {"class", "4"}, {"funding", "paid"}, ANOTHER_ORDER("18-у")),
     "INSERT INTO person (id, uid, login, surname, given, sort_key, fold_key, key_version) VALUES (72, 'p72', '000000400072', 'Новикова', 'Инна', '', '', 1)",
     "INSERT INTO pupil (org_id, id, uid, person_id, surname, given, born_on, sort_key, fold_key, key_version, grade, registered_at)"
     " VALUES (2, 72, 'u72', 72, 'Новикова', 'Инна', '2008-01-01', '', '', 1, 1, '2026-08-01')"},
    {"exclude-pupil", "secretary", COLLEGE, "/2/2026/start/exclude-pupil?subject=72",
     SENT({"reason", "own-wish"}, {"left_on", "02.10.2026"}, ANOTHER_ORDER("19-у"))},
    {"reinstate-pupil", "secretary", COLLEGE, "/2/2026/start/reinstate-pupil?subject=72",
     SENT({"grade", "1"}, {"class", "4"}, {"funding", "paid"}, ANOTHER_ORDER("20-у"))},
    {"academic-leave", "secretary", COLLEGE, "/2/2026/start/academic-leave?subject=5",
     SENT({"reason", "medical"}, {"leave_on", "01.10.2026"}, {"until", "01.09.2027"}, ANOTHER_ORDER("21-у")), .first = add_students},
    {"return-from-leave", "secretary", COLLEGE, "/2/2026/start/return-from-leave?subject=5", SENT({"grade", "1"}, {"class", "4"}, ANOTHER_ORDER("22-у"))},
    {"change-speciality", "secretary", COLLEGE, "/2/2026/start/change-speciality?subject=5", SENT({"grade", "2"}, {"class", "60"}, ANOTHER_ORDER("23-у"))},
    {"repeat-course", "secretary", COLLEGE, "/2/2026/start/repeat-course?subject=5", SENT({"grade", "1"}, {"class", "4"}, ANOTHER_ORDER("24-у"))},
    {"change-form", "secretary", COLLEGE, "/2/2026/start/change-form?subject=5", SENT({"study_form", "evening"}, ANOTHER_ORDER("25-у"))},
    {"change-funding", "secretary", COLLEGE, "/2/2026/start/change-funding?subject=5", SENT({"funding", "paid"}, ANOTHER_ORDER("26-у"))},
    {"assign-scholarship", "secretary", COLLEGE, "/2/2026/start/assign-scholarship?subject=5",
     SENT({"kind", "state"}, {"amount", "41898"}, {"paid_from", "02.10.2026"}, ANOTHER_ORDER("27-у"))},
    {"stop-scholarship", "secretary", COLLEGE, "/2/2026/start/stop-scholarship?subject=50", SENT({"stop_on", "01.12.2026"}, ANOTHER_ORDER("28-у")),
     "INSERT INTO scholarship (org_id, id, uid, pupil_id, kind, amount, from_on, order_id, recorded_at) VALUES (2, 50, 's50', 5, 'named', 1, '2026-09-01', 60, '2026-09-01')"},
    {"pupil-claim", "head", COLLEGE, "/2/2026/pupils/70/claims/new",
     SENT({"claimed_on", "01.10.2026"}, {"ground", "results"}, {"average_mark", "4.75"}, {"withdrawn_on", "02.10.2026"})},
    {"speciality", "head", COLLEGE, "/2/2026/specialities/new",
     SENT({"code", "04110100"}, {"name_kk", "БҚ"}, {"name_ru", "ПО"}, {"name_en", "SW"}, {"qualifications", "Техник"})},
    {"disband-class", "secretary", SCHOOL, "/1/2026/start/disband-class?class=2", SENT({"disband_reason", "few"}, {"class", "1"}, ANOTHER_ORDER("14-у"))},
    {"cancel-order", "secretary", SCHOOL, "/1/2026/start/cancel-order?subject=70", SENT(ANOTHER_ORDER("12-у")), .first = add_order_to_cancel},
    {"order-scan", "secretary", SCHOOL, "/1/2026/orders/1/scan", SENT({"order_scan", "1"})},
    {"order-text", "head", SCHOOL, "/1/2026/order-texts/enrol", SENT({"text_ru", "Зачислить: {list}"})},
    {"pass-year", "secretary", SCHOOL, "/1/2026/start/pass-year", SENT({"effective_on", "01.09.2027"}, ANOTHER_ORDER("13-у"))},
};
enum { SPOTS = sizeof spots / sizeof *spots };

/* Every table of fields of the registers, with the id of its form or process. */
static void each_table(void (*use)(const char *id, const struct field *fields, void *data), void *data)
{
    for (const struct area *const *area = registers(); *area != NULL; area++) {
        for (const struct form *const *form = (*area)->forms; form != NULL && *form != NULL; form++)
            use((*form)->id, (*form)->fields, data);
        for (const struct process *const *process = (*area)->processes; process != NULL && *process != NULL; process++)
            for (const struct step *step = (*process)->steps; step->id != NULL; step++)
                if (step->fields != NULL)
                    use((*process)->id, step->fields, data);
    }
}

/* ---- the walk ---- */

struct walk {
    const struct spot *spot;
    enum language language;
    const char *path;          /* without a query */
    struct answer page;        /* the form, filled in right */
    const struct sent *right;
    const char *before;        /* rows stored */
    const struct field *fields;
    const struct field *met[1000];
    size_t met_count;
    unsigned met_kinds, told;  /* kinds of fields met, and those told in this language */
    unsigned turn;
    int refused, faults;
};

static bool complain(struct walk *walk, const char *name, const char *value, const char *words, struct answer answer)
{
    walk->faults++;
    fprintf(stderr, "%s, %s in %s, “%.60s”: %s; %d %s\n", walk->spot->path, name, language_codes[walk->language], value, words, answer.status,
            text_clean(fixture_pool(), error_at(answer, "")[0] != '\0' ? error_at(answer, "") : main_of(answer.body), false));
    return false;
}

/* All that stands between the % of a format, in the words? */
static bool says(const char *words, const char *format)
{
    const char *part = format;
    while (*part != '\0') {
        size_t length = strcspn(part, "%");
        words = strstr(words, pool_strndup(fixture_pool(), part, length));
        if (words == NULL)
            return false;
        words += length;
        part += length;
        if (*part == '%')
            part += strcspn(part, "sdu") + 1;
    }
    return true;
}

static bool depends_on(const struct field *fields, const char *name, const char *other)
{
    for (; fields != NULL && fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields->depends != NULL && strcmp(fields->depends, other) == 0;
    return false;
}

/* Beside the field itself and what depends on it, everything that the form still asks for comes back as it was sent. */
static const char *lost_value(const struct walk *walk, struct answer answer, const struct sent *sent, const char *but)
{
    const struct sent *kept = form_of(answer);
    for (const struct sent *field = sent; field->name != NULL; field++) {
        bool may_change = strcmp(field->name, but) == 0 || strcmp(field->name, "form_key") == 0 || field->filename != NULL;
        if (may_change || !form_asks(answer, field->name) || depends_on(walk->fields, field->name, but))
            continue;
        if (strcmp(sent_value(kept, field->name), sent_value(sent, field->name)) != 0)
            return field->name;
    }
    return NULL;
}

static bool is_kept(struct answer answer, const struct field *field, const char *value)
{
    if ((TYPED & (1u << field->kind)) == 0)
        return true;
    return strcmp(sent_value(form_of(answer), field->name), text_clean(fixture_pool(), value, field->kind == FIELD_LINES)) == 0;
}

static bool judge_form(struct walk *walk, const struct field *field, const char *value, const char *words, const struct sent *sent, struct answer answer)
{
    const char *name = field->name;
    if (!says(error_at(answer, name), _(words)))
        return complain(walk, name, value, path_of("not said at the field: %s", _(words)), answer);
    if (!summary_leads_to(answer, name))
        return complain(walk, name, value, "the summary does not lead to the field", answer);
    if (!is_kept(answer, field, value))
        return complain(walk, name, value, "not kept", answer);
    const char *lost = lost_value(walk, answer, sent, name);
    return lost == NULL || complain(walk, name, value, path_of("the value of %s is lost", lost), answer);
}

static bool judge(struct walk *walk, const struct field *field, const struct input *input, const struct sent *sent, struct answer answer)
{
    const char *value = value_for(input, field), *name = field->name;
    i18n_use(walk->language);
    if (answer.status != (input->status != 0 ? input->status : 422))
        return complain(walk, name, value, "another status", answer);
    if (strstr(answer.body, path_of("<html lang=\"%s\"", language_codes[walk->language])) == NULL)
        return complain(walk, name, value, "another language", answer);
    if (strstr(answer.body, "<i>") != NULL || strstr(page_words(answer.body), STRANGE_WORDS) != NULL)
        return complain(walk, name, value, "raw markup, or words of the stranger", answer);
    if (strcmp(rows_stored(), walk->before) != 0)
        return complain(walk, name, value, path_of("stored, %s became %s", walk->before, rows_stored()), answer);
    if (input->status != 0)
        return says(page_words(answer.body), _(input->says)) || complain(walk, name, value, "another page", answer);
    return judge_form(walk, field, value, input->says, sent, answer);
}

static bool is_for(const struct walk *walk, const struct input *input, const struct field *field)
{
    if ((input->kinds & (1u << field->kind)) == 0 || (input->name != NULL && strcmp(input->name, field->name) != 0))
        return false;
    switch (input->when) {
    case REQUIRED_FIELD:
        return form_stars(walk->page, field->name);
    case NO_FUTURE:
        return (field->flags & FUTURE_NO) != 0;
    case WITH_MAX:
        return field->max > 0;
    case ALWAYS:
        break;
    }
    return true;
}

static const struct sent *sent_to(const struct walk *walk, const struct input *input, const struct field *field)
{
    const struct sent *sent = sent_with(sent_with(walk->right, "form_key", NULL), field->name, value_for(input, field));
    struct sent *last = (struct sent *)sent;
    while (last[1].name != NULL)
        last++;
    last->filename = input->filename;
    last->length = input->filename != NULL ? strlen(input->value) : 0;
    return sent;
}

static void try_input(struct walk *walk, const struct field *field, const struct input *input)
{
    const struct sent *sent = sent_to(walk, input, field);
    walk->told |= 1u << field->kind;
    walk->refused += judge(walk, field, input, sent, send_form(walk->page, walk->path, sent));
}

/* Each input goes to each field once: in one of the languages, by turns. */
static void try_field(struct walk *walk, const struct field *field)
{
    int known = 0;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        if (!is_for(walk, &inputs[i], field))
            continue;
        known += inputs[i].kinds != EVERY;
        if (walk->turn++ % LANGUAGES == (unsigned)walk->language)
            try_input(walk, field, &inputs[i]);
    }
    if (known == 0)
        complain(walk, field->name, "", path_of("nothing is known to be wrong for the kind %d", field->kind), walk->page);
    walk->met[walk->met_count++] = field;
    walk->met_kinds |= 1u << field->kind;
}

static void try_fields(const char *id, const struct field *fields, void *data)
{
    struct walk *walk = data;
    walk->fields = fields;
    for (const struct field *field = fields; field->name != NULL && strcmp(id, walk->spot->id) == 0; field++)
        if (field->kind != FIELD_SHOWN && form_asks(walk->page, field->name))
            try_field(walk, field);
}

/* Fills the form in: a process is asked once more, so that fields come which depend on others. */
static void type_into(struct walk *walk, const struct sent *typed)
{
    for (; typed->name != NULL; typed++)
        walk->right = sent_with(walk->right, typed->name, typed->value);
    if (form_asks(walk->page, "order_scan"))
        walk->right = sent_with(walk->right, "order_scan", clean_scan(walk->spot->org));
    if (strstr(walk->path, "/start/") == NULL)
        return;
    walk->page = send_form(walk->page, walk->path, sent_with(walk->right, "action", "refresh"));
    ck_assert_status(walk->page, 200);
    walk->right = form_of(walk->page);
}

static void open_spot(struct walk *walk, const struct spot *spot)
{
    walk->spot = spot;
    if (spot->prepared != NULL)
        run_sql("%s", spot->prepared);
    if (spot->prepared_too != NULL)
        run_sql("%s", spot->prepared_too);
    walk->path = pool_strndup(fixture_pool(), spot->path, strcspn(spot->path, "?"));
    if (spot->first != NULL)
        spot->first();
    sign_in(spot->role, spot->org);
    walk->page = get("%s", spot->path);
    ck_assert_status(walk->page, 200);
    walk->right = form_of(walk->page);
    type_into(walk, spot->typed);
    walk->before = rows_stored();
}

/* ---- what is wrong with a whole request ---- */

static bool expect(struct walk *walk, bool is_right, const char *words, struct answer answer)
{
    walk->refused += is_right;
    return is_right || complain(walk, "the whole form", "", words, answer);
}

static void try_tokens(struct walk *walk)
{
    static const char *const tokens[] = {"", "forged", NULL};
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        const char *token = tokens[i] != NULL ? tokens[i] : path_of("%s0", sent_value(walk->right, "csrf"));
        struct answer answer = send_form(walk->page, walk->path, sent_with(walk->right, "csrf", token));
        i18n_use(walk->language);
        expect(walk, answer.status == 403 && says(page_words(answer.body), _("The form is out of date")) && strcmp(rows_stored(), walk->before) == 0,
               "a forged token is let through", answer);
    }
}

static void try_stale(struct walk *walk)
{
    if (strcmp(sent_value(walk->right, "version"), "0") == 0 || strstr(walk->path, "/start/") != NULL)
        return;
    struct answer answer = send_form(walk->page, walk->path, sent_with(walk->right, "version", "999"));
    expect(walk, answer.status == 409 && lost_value(walk, answer, walk->right, "version") == NULL && strcmp(rows_stored(), walk->before) == 0,
           "a stale version is taken, or the values are lost", answer);
}

/* The session ends while somebody types: after sign-in the form is there as it was sent, and nothing has been done. */
static void try_closed_session(struct walk *walk)
{
    int64_t account = school_person(walk->spot->role, walk->spot->org);
    run_sql("UPDATE session SET ended_at = '2026-10-05' WHERE account_id = %lld", (long long)account);
    struct answer answer = send_form(walk->page, walk->path, walk->right);
    run_sql("UPDATE session SET ended_at = NULL WHERE account_id = %lld", (long long)account);
    expect(walk, answer.status == 303 && strstr(answer.location, "/sign-in?next=") != NULL && strstr(answer.location, "kept%3D1") != NULL,
           "it does not lead to sign-in and back to the form", answer);
    answer = get("%s?kept=1", walk->path);
    const char *lost = lost_value(walk, answer, walk->right, "csrf");
    i18n_use(walk->language);
    expect(walk, answer.status == 200 && lost == NULL, path_of("after sign-in %s is lost", lost != NULL ? lost : "nothing"), answer);
    expect(walk, says(page_words(answer.body), _("This is what you had filled in before the session ended. Nothing of it is saved yet.")) &&
           strcmp(rows_stored(), walk->before) == 0, "it is not said that nothing is saved, or something is", answer);
}

/* The form as it stands is right, so that each refusal was for the one value that was wrong; sent twice it is done once. */
static void try_right(struct walk *walk)
{
    struct answer first = send_form(walk->page, walk->path, walk->right);
    const char *after = rows_stored();
    if (first.status != 303 || strcmp(after, walk->before) == 0)
        complain(walk, "the right form", "", "is not taken", first);
    struct answer second = send_form(walk->page, walk->path, walk->right);
    expect(walk, second.status == 303 && strcmp(after, rows_stored()) == 0, "sent twice it is done twice", second);
}

/* ---- tests ---- */

/* The table of periods has a page of its own; its inputs stand in planning/test_periods.c. */
static void miss_field(const char *id, const struct field *fields, void *data)
{
    struct walk *walk = data;
    if (strcmp(id, "period") == 0)
        return;
    for (const struct field *field = fields; field->name != NULL; field++) {
        bool met = field->kind == FIELD_SHOWN;
        for (size_t i = 0; i < walk->met_count && !met; i++)
            met = walk->met[i] == field;
        if (!met)
            fprintf(stderr, "no place of the walk shows the field %s of %s\n", field->name, id);
        walk->faults += !met;
    }
}

START_TEST(bad_input_is_refused_in_words_at_its_field_with_the_values_kept_and_nothing_stored)
{
    struct walk *walk = pool_alloc(fixture_pool(), sizeof *walk);
    walk->language = (enum language)_i;
    speak(language_codes[_i]);
    for (size_t i = 0; i < SPOTS; i++) {
        open_spot(walk, &spots[i]);
        each_table(try_fields, walk);
        try_tokens(walk);
        try_stale(walk);
        try_closed_session(walk);
        try_right(walk);
    }
    each_table(miss_field, walk);
    ck_assert_int_eq(walk->faults, 0);
    ck_assert_uint_eq(walk->told, walk->met_kinds);
    ck_assert_int_ge(walk->refused * LANGUAGES, kept_count("refused-inputs"));
}
END_TEST

/* ---- the longest ---- */

/* NULL for kinds that are not measured by letters, and where a rule of the field's own says more. */
static const char *longest_for(const struct walk *walk, const struct field *field)
{
    int max = letters_at_most(field);
    if (field->check != NULL)
        return NULL;
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_LINES:
        return repeated(FOUR_BYTES, max);
    case FIELD_NAME:
        return repeated("Ә", max);
    case FIELD_CLASS_NAME:
        return path_of("%s%02d", repeated("Ә", max - 2), (int)(walk->spot - spots)); /* no two alike */
    case FIELD_EMAIL:
        return path_of("%s@example.kz", repeated("a", max - (int)strlen("@example.kz")));
    case FIELD_PHONE:
        return path_of("%s%s", repeated("+7", 20), repeated("-", max - 40));
    default:
        return NULL;
    }
}

/* Control bytes and letters without width are taken out of it unsaid. */
static void lengthen(const char *id, const struct field *fields, void *data)
{
    struct walk *walk = data;
    for (const struct field *field = fields; field->name != NULL && strcmp(id, walk->spot->id) == 0; field++) {
        const char *longest = longest_for(walk, field);
        if (longest != NULL && form_asks(walk->page, field->name))
            walk->right = sent_with(walk->right, field->name, path_of("\x02%s\xE2\x80\x8B\x1F", longest));
    }
}

static void check_whole(const char *id, const struct field *fields, void *data)
{
    struct walk *walk = data;
    for (const struct field *field = fields; field->name != NULL && strcmp(id, walk->spot->id) == 0; field++) {
        const char *longest = longest_for(walk, field);
        if (longest != NULL && form_asks(walk->page, field->name) && strcmp(sent_value(form_of(walk->page), field->name), longest) != 0)
            complain(walk, field->name, longest, "is not stored whole", walk->page);
    }
}

START_TEST(the_longest_that_a_field_takes_is_stored_whole_without_control_bytes)
{
    struct walk *walk = pool_alloc(fixture_pool(), sizeof *walk);
    walk->language = LANG_EN;
    for (size_t i = 0; i < SPOTS; i++) {
        open_spot(walk, &spots[i]);
        each_table(lengthen, walk);
        struct answer answer = send_form(walk->page, walk->path, walk->right);
        if (answer.status != 303)
            complain(walk, "the longest form", "", "is not taken", answer);
        run_sql("UPDATE school_order SET number = CONCAT(id, '-у') WHERE id > %d", STRANGE_ORDER); /* the next process takes the same longest number */
        if (strstr(walk->path, "/start/") != NULL || strstr(walk->path, "/new") != NULL)
            continue;
        walk->page = get("%s", walk->spot->path);
        each_table(check_whole, walk);
    }
    ck_assert_int_eq(walk->faults, 0);
}
END_TEST

Suite *inputs_suite(void)
{
    Suite *suite = suite_create("inputs");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_set_timeout(tcase, 400);
    tcase_add_loop_test(tcase, bad_input_is_refused_in_words_at_its_field_with_the_values_kept_and_nothing_stored, 0, LANGUAGES);
    tcase_add_test(tcase, the_longest_that_a_field_takes_is_stored_whole_without_control_bytes);
    suite_add_tcase(suite, tcase);
    return suite;
}
