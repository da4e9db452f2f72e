/* codes_orders.c: the code lists of orders and of the ledger. See codes.c. */
#include "school/codes.h"

static const struct code order_journals[] = {
    {"contingent", {"Білім алушылар қозғалысы бойынша", "По движению контингента", "Movement of pupils"}},
    {"staff", {"Жеке құрам бойынша", "По личному составу", "Staff"}},
    {"general", {"Негізгі қызмет бойынша", "По основной деятельности", "General activity"}},
    {0},
};
const struct code_list order_journal_codes = {"order_journal", N_("Journal of orders"), order_journals};

static const struct code order_kinds[] = {
    {"enrol", {"Қабылдау туралы", "О зачислении", "Enrolment"}},
    {"transfer", {"Ауыстыру туралы", "О переводе", "Transfer"}},
    {"exclude", {"Шығару туралы", "Об исключении", "Exclusion"}},
    {"reinstate", {"Қайта қабылдау туралы", "О восстановлении", "Reinstatement"}},
    {"promote", {"Келесі оқу жылына көшіру туралы", "О переводе на следующий учебный год", "Passage to the next year"}},
    {"stay", {"Қайта оқуға қалдыру туралы", "Об оставлении на повторное обучение", "Repetition of the year"}},
    {"graduate", {"Бітіру туралы", "О выпуске", "Graduation"}},
    {"disband", {"Тарату туралы", "О расформировании", "Disbanding"}},
    {"opening-balance", {"Бастапқы контингент туралы", "О начальном контингенте", "Opening balance of pupils"}},
    {"cancel", {"Бұйрықты жою туралы", "Об отмене приказа", "Cancellation of an order"}},
    {"leave", {"Академиялық демалыс беру туралы", "О предоставлении академического отпуска", "Academic leave"}},
    {"return", {"Академиялық демалыстан шығу туралы", "О выходе из академического отпуска", "Return from academic leave"}},
    {"speciality", {"Басқа мамандыққа ауыстыру туралы", "О переводе на другую специальность", "Change of speciality"}},
    {"form", {"Оқу нысанын өзгерту туралы", "Об изменении формы обучения", "Change of the form of study"}},
    {"funding", {"Оқу негізін өзгерту туралы", "Об изменении основы обучения", "Change of the basis of study"}},
    {"scholarship", {"Стипендия тағайындау туралы", "О назначении стипендии", "Scholarship"}},
    {"scholarship-stop", {"Стипендия төлеуді тоқтату туралы", "О прекращении выплаты стипендии", "End of a scholarship"}},
    {"hire", {"Жұмысқа қабылдау туралы", "О приёме на работу", "Hiring"}},
    {"dismiss", {"Жұмыстан босату туралы", "Об увольнении", "Dismissal"}},
    {"other", {"Басқа", "Прочее", "Other"}},
    {0},
};
const struct code_list order_kind_codes = {"order_kind", N_("Kind of order"), order_kinds};

static const struct code order_states[] = {
    {"reserved", {"Нөмір сақталған", "Номер зарезервирован", "Number reserved"}},
    {"signed", {"Қол қойылған", "Подписан", "Signed"}},
    {"gap", {"Өткізілген нөмір", "Пропуск номера", "Number left out"}},
    {0},
};
const struct code_list order_state_codes = {"order_state", N_("State of the order"), order_states};

static const struct code movement_kinds[] = {
    {"open-balance", {"Бастапқы контингент", "Начальный контингент", "Opening balance"}},
    {"arrive", {"Келді", "Прибыл", "Arrived"}},
    {"enrol", {"Қабылданды", "Зачислен", "Enrolled"}},
    {"transfer", {"Сыныпқа ауыстырылды", "Переведён в класс", "Transferred"}},
    {"exclude", {"Шығарылды", "Исключён", "Excluded"}},
    {"reinstate", {"Қайта қабылданды", "Восстановлен", "Reinstated"}},
    {"promote", {"Келесі сыныпқа көшірілді", "Переведён в следующий класс", "Promoted"}},
    {"stay", {"Қайта оқуға қалдырылды", "Оставлен на повторное обучение", "Repeats the year"}},
    {"graduate", {"Бітірді", "Выпущен", "Graduated"}},
    {"leave", {"Академиялық демалысқа шықты", "Ушёл в академический отпуск", "Went on academic leave"}},
    {"return", {"Академиялық демалыстан оралды", "Вышел из академического отпуска", "Returned from academic leave"}},
    {"speciality", {"Басқа мамандыққа ауыстырылды", "Переведён на другую специальность", "Changed the speciality"}},
    {"form", {"Оқу нысаны өзгертілді", "Изменена форма обучения", "Changed the form of study"}},
    {"funding", {"Оқу негізі өзгертілді", "Изменена основа обучения", "Changed the basis of study"}},
    {"void", {"Жазба жойылды", "Запись отменена", "Row cancelled"}},
    {0},
};
const struct code_list movement_kind_codes = {"movement_kind", N_("Movement"), movement_kinds};

/* Whose money the studies are: of a student, not of the group. */
static const struct code fundings[] = {
    {"budget", {"Бюджеттік", "Бюджетная", "Budget"}},
    {"paid", {"Ақылы", "Платная", "Paid"}},
    {0},
};
const struct code_list funding_codes = {"funding", N_("Basis of study"), fundings};

/* CON-45: in the order of their priority. */
static const struct code claim_grounds[] = {
    {"orphan", {"Жетім немесе ата-анасының қамқорлығынсыз қалған", "Сирота или оставшийся без попечения родителей", "Orphan or without parental care"}},
    {"disability", {"Мүгедектігі бар", "Инвалидность", "Disability"}},
    {"large-family", {"Көпбалалы отбасынан", "Из многодетной семьи", "Of a large family"}},
    {"low-income", {"Аз қамтылған отбасынан", "Из малообеспеченной семьи", "Of a low-income family"}},
    {"results", {"Оқу нәтижелері бойынша", "По результатам обучения", "By the results of study"}},
    {0},
};
const struct code_list claim_ground_codes = {"claim_ground", N_("Ground"), claim_grounds};

/* CON-46 */
static const struct code scholarship_kinds[] = {
    {"state", {"Мемлекеттік", "Государственная", "State"}},
    {"increased", {"Жоғарылатылған мемлекеттік", "Повышенная государственная", "Increased state"}},
    {"presidential", {"Президенттік", "Президентская", "Presidential"}},
    {"named", {"Атаулы", "Именная", "Named"}},
    {"sponsor", {"Демеушілік", "Спонсорская", "Sponsor's"}},
    {0},
};
const struct code_list scholarship_kind_codes = {"scholarship_kind", N_("Kind of scholarship"), scholarship_kinds};

/* CON-30, CON-31; the last ones are of academic leave. */
static const struct code movement_reasons[] = {
    {"transfer", {"Басқа білім беру ұйымына ауысуы", "Перевод", "Transfer to another organisation"}},
    {"moved", {"Тұрғылықты жерін ауыстыруы", "Смена места жительства", "Change of residence"}},
    {"abroad", {"Шетелге кетуі", "Выезд за пределы страны", "Departure abroad"}},
    {"parents-wish", {"Ата-анасының өтініші", "По заявлению родителей", "At the parents' request"}},
    {"own-wish", {"Өз еркімен", "По собственному желанию", "At one's own request"}},
    {"health", {"Денсаулық жағдайы", "По состоянию здоровья", "State of health"}},
    {"failure", {"Үлгермеуі", "Неуспеваемость", "Insufficient results"}},
    {"discipline", {"Тәртіп бұзуы", "Нарушение устава", "Breach of the rules"}},
    {"court", {"Сот шешімі", "Решение суда", "Court decision"}},
    {"death", {"Қайтыс болуы", "В связи со смертью", "Death"}},
    {"graduated", {"Оқуды аяқтауы", "Окончание обучения", "End of studies"}},
    {"disbanded", {"Сыныптың таратылуы", "Расформирование класса", "The class was disbanded"}},
    {"other", {"Басқа себеп", "Другая причина", "Another reason"}},
    {"medical", {"Медициналық қорытынды бойынша", "По медицинскому заключению", "By medical conclusion"}},
    {"family", {"Отбасы жағдайы бойынша", "По семейным обстоятельствам", "Family circumstances"}},
    {"military", {"Әскери қызметке шақырылуы", "Призыв на воинскую службу", "Military service"}},
    {"child-care", {"Бала күтімі", "Уход за ребёнком", "Child care"}},
    {0},
};
const struct code_list movement_reason_codes = {"movement_reason", N_("Reason"), movement_reasons};

/* Where a departure for another organisation stands. */
static const struct code departure_states[] = {
    {"open", {"Келгені расталмаған", "Прибытие не подтверждено", "Arrival not confirmed"}},
    {"confirmed", {"Келгені расталды", "Прибытие подтверждено", "Arrival confirmed"}},
    {"returned", {"Кету күшін жойды", "Выбытие отменено", "Departure taken back"}},
    {0},
};
const struct code_list departure_state_codes = {"departure_state", N_("State"), departure_states};

/* CON-38: the kinds of papers on education by the minister's order of 28 January 2015 No 39. */
static const struct code certificate_kinds[] = {
    {"basic", {"Негізгі орта білім туралы аттестат", "Аттестат об основном среднем образовании", "Certificate of basic secondary education"}},
    {"basic-honours", {"Негізгі орта білім туралы үздік аттестат", "Аттестат об основном среднем образовании с отличием",
                       "Certificate of basic secondary education with honours"}},
    {"general", {"Жалпы орта білім туралы аттестат", "Аттестат об общем среднем образовании", "Certificate of general secondary education"}},
    {"general-honours", {"Жалпы орта білім туралы үздік аттестат", "Аттестат об общем среднем образовании с отличием",
                         "Certificate of general secondary education with honours"}},
    {"altyn-belgi", {"Жалпы орта білім туралы «Алтын белгі» аттестаты", "Аттестат об общем среднем образовании «Алтын белгі»",
                     "Certificate of general secondary education “Altyn Belgi”"}},
    {"vocational", {"Техникалық және кәсіптік білім туралы диплом", "Диплом о техническом и профессиональном образовании",
                    "Diploma of technical and vocational education"}},
    {"vocational-honours", {"Техникалық және кәсіптік білім туралы үздік диплом", "Диплом о техническом и профессиональном образовании с отличием",
                            "Diploma of technical and vocational education with honours"}},
    {"post-secondary", {"Орта білімнен кейінгі білім туралы диплом", "Диплом о послесреднем образовании", "Diploma of post-secondary education"}},
    {"training", {"Кәсіптік даярлық туралы куәлік", "Свидетельство о профессиональной подготовке", "Certificate of vocational training"}},
    {"statement", {"Білім алуды аяқтамағаны туралы анықтама", "Справка о незавершённом образовании", "Statement of uncompleted education"}},
    {0},
};
const struct code_list certificate_kind_codes = {"certificate_kind", N_("Kind of certificate"), certificate_kinds};

/* CON-31 */
static const struct code disband_reasons[] = {
    {"few", {"Оқушы санының аздығы", "Малая наполняемость", "Too few pupils"}},
    {"merged", {"Сыныптардың біріктірілуі", "Объединение классов", "Classes are merged"}},
    {"language", {"Оқыту тілінің өзгеруі", "Изменение языка обучения", "Change of the language of instruction"}},
    {"profile", {"Бейіннің өзгеруі", "Изменение профиля", "Change of the profile"}},
    {"reorganised", {"Ұйымның қайта құрылуы", "Реорганизация", "Reorganisation"}},
    {"other", {"Басқа себеп", "Другая причина", "Another reason"}},
    {0},
};
const struct code_list disband_reason_codes = {"disband_reason", N_("Reason"), disband_reasons};

/* What the passage to the next school year brings a pupil. */
static const struct code year_outcomes[] = {
    {"promote", {"Көшіріледі", "Переводится", "Moves on"}},
    {"stay", {"Қайта оқуға қалады", "Остаётся на повторное обучение", "Repeats the year"}},
    {"retake", {"Қайта тапсыруы керек", "Предстоит пересдача", "Retake pending"}},
    {"graduate", {"Бітіреді", "Выпускается", "Graduates"}},
    {"nowhere", {"Көшетін сыныбы жоқ", "Нет класса для перевода", "No class to go to"}},
    {0},
};
const struct code_list year_outcome_codes = {"year_outcome", N_("Outcome"), year_outcomes};
