/* codes.c: the code lists of the school, those of orders in codes_orders.c: code, Kazakh, Russian, English. A code is never changed or taken away: it is in the
 * database and in exchanged files; one that is not used any more gets an end of validity. */
#include "school/codes.h"

/* ---- people ---- */

static const struct code sexes[] = {
    {"M", {"Ер", "Мужской", "Male"}},
    {"F", {"Әйел", "Женский", "Female"}},
    {0},
};
const struct code_list sex_codes = {"sex", N_("Sex"), sexes};

static const struct code residencies[] = {
    {"1", {"Резидент", "Резидент", "Resident"}},
    {"0", {"Резидент емес", "Не резидент", "Non-resident"}},
    {0},
};
const struct code_list residency_codes = {"residency", N_("Residency"), residencies};

/* Where a pupil stands: the fold of the movement ledger. */
static const struct code standings[] = {
    {"registered", {"Сыныпсыз", "Без класса", "Without class"}},
    {"enrolled", {"Оқып жүр", "Обучается", "Enrolled"}},
    {"left", {"Шығып кеткен", "Выбыл", "Left"}},
    {"on-leave", {"Академиялық демалыста", "В академическом отпуске", "On academic leave"}},
    {"withdrawn", {"Қате тіркелген", "Зарегистрирован по ошибке", "Registered by mistake"}},
    {0},
};
const struct code_list pupil_standing_codes = {"pupil_standing", N_("Standing"), standings};

static const struct code countries[] = {
    {"KZ", {"Қазақстан", "Казахстан", "Kazakhstan"}},
    {"RU", {"Ресей", "Россия", "Russia"}},
    {"CN", {"Қытай", "Китай", "China"}},
    {"KG", {"Қырғызстан", "Кыргызстан", "Kyrgyzstan"}},
    {"TJ", {"Тәжікстан", "Таджикистан", "Tajikistan"}},
    {"TM", {"Түрікменстан", "Туркменистан", "Turkmenistan"}},
    {"UZ", {"Өзбекстан", "Узбекистан", "Uzbekistan"}},
    {"AM", {"Армения", "Армения", "Armenia"}},
    {"AZ", {"Әзербайжан", "Азербайджан", "Azerbaijan"}},
    {"BY", {"Беларусь", "Беларусь", "Belarus"}},
    {"DE", {"Германия", "Германия", "Germany"}},
    {"GE", {"Грузия", "Грузия", "Georgia"}},
    {"KR", {"Корея Республикасы", "Республика Корея", "Republic of Korea"}},
    {"MN", {"Моңғолия", "Монголия", "Mongolia"}},
    {"TR", {"Түркия", "Турция", "Türkiye"}},
    {"UA", {"Украина", "Украина", "Ukraine"}},
    {"other", {"Басқа мемлекет", "Другое государство", "Another country"}},
    {"none", {"Азаматтығы жоқ", "Без гражданства", "Stateless"}},
    {0},
};
const struct code_list citizenship_codes = {"citizenship", N_("Citizenship"), countries};

static const struct code peoples[] = {
    {"kazakh", {"Қазақ", "Казах (казашка)", "Kazakh"}},
    {"russian", {"Орыс", "Русский (русская)", "Russian"}},
    {"uzbek", {"Өзбек", "Узбек (узбечка)", "Uzbek"}},
    {"ukrainian", {"Украин", "Украинец (украинка)", "Ukrainian"}},
    {"uyghur", {"Ұйғыр", "Уйгур (уйгурка)", "Uyghur"}},
    {"german", {"Неміс", "Немец (немка)", "German"}},
    {"tatar", {"Татар", "Татарин (татарка)", "Tatar"}},
    {"azerbaijani", {"Әзербайжан", "Азербайджанец (азербайджанка)", "Azerbaijani"}},
    {"korean", {"Кәріс", "Кореец (кореянка)", "Korean"}},
    {"turk", {"Түрік", "Турок (турчанка)", "Turk"}},
    {"dungan", {"Дүнген", "Дунганин (дунганка)", "Dungan"}},
    {"belarusian", {"Беларус", "Белорус (белоруска)", "Belarusian"}},
    {"tajik", {"Тәжік", "Таджик (таджичка)", "Tajik"}},
    {"kurd", {"Күрд", "Курд (курдянка)", "Kurd"}},
    {"kyrgyz", {"Қырғыз", "Кыргыз (кыргызка)", "Kyrgyz"}},
    {"pole", {"Поляк", "Поляк (полька)", "Pole"}},
    {"chechen", {"Шешен", "Чеченец (чеченка)", "Chechen"}},
    {"karakalpak", {"Қарақалпақ", "Каракалпак (каракалпачка)", "Karakalpak"}},
    {"bashkir", {"Башқұрт", "Башкир (башкирка)", "Bashkir"}},
    {"ingush", {"Ингуш", "Ингуш (ингушка)", "Ingush"}},
    {"armenian", {"Армян", "Армянин (армянка)", "Armenian"}},
    {"greek", {"Грек", "Грек (гречанка)", "Greek"}},
    {"moldovan", {"Молдован", "Молдаванин (молдаванка)", "Moldovan"}},
    {"chuvash", {"Чуваш", "Чуваш (чувашка)", "Chuvash"}},
    {"mordvin", {"Мордва", "Мордвин (мордовка)", "Mordvin"}},
    {"other", {"Басқа", "Другая", "Another"}},
    {0},
};
const struct code_list nationality_codes = {"nationality", N_("Nationality"), peoples};

static const struct code no_iin_reasons[] = {
    {"applied", {"ИИН алуға құжат тапсырылды", "Документы на ИИН поданы", "The IIN has been applied for"}},
    {"foreigner", {"Шетел азаматы", "Иностранный гражданин", "Foreign citizen"}},
    {"stateless", {"Азаматтығы жоқ адам", "Лицо без гражданства", "Stateless person"}},
    {"papers-lost", {"Құжаттары жоғалған", "Документы утеряны", "The papers are lost"}},
    {"not-brought", {"Құжат ұсынылмаған", "Документ не представлен", "The paper has not been brought"}},
    {0},
};
const struct code_list no_iin_reason_codes = {"no_iin_reason", N_("Why there is no IIN"), no_iin_reasons};

static const struct code document_kinds[] = {
    {"birth-certificate", {"Туу туралы куәлік", "Свидетельство о рождении", "Birth certificate"}},
    {"identity-card", {"Жеке куәлік", "Удостоверение личности", "Identity card"}},
    {"passport", {"Паспорт", "Паспорт", "Passport"}},
    {"residence-permit", {"Тұруға ықтиярхат", "Вид на жительство", "Residence permit"}},
    {"application", {"Өтініш", "Заявление", "Application"}},
    {"medical-certificate", {"Медициналық анықтама", "Медицинская справка", "Medical certificate"}},
    {"address-certificate", {"Мекенжай анықтамасы", "Адресная справка", "Certificate of address"}},
    {"school-certificate", {"Білімі туралы құжат", "Документ об образовании", "School certificate"}},
    {"commission-conclusion", {"ПМПК қорытындысы", "Заключение ПМПК", "Conclusion of the psychological, medical and pedagogical commission"}},
    {"other", {"Басқа құжат", "Другой документ", "Another document"}},
    {0},
};
const struct code_list document_kind_codes = {"document_kind", N_("Kind of document"), document_kinds};

static const struct code kinship_degrees[] = {
    {"mother", {"Анасы", "Мать", "Mother"}},
    {"father", {"Әкесі", "Отец", "Father"}},
    {"grandmother", {"Әжесі", "Бабушка", "Grandmother"}},
    {"grandfather", {"Атасы", "Дедушка", "Grandfather"}},
    {"sister", {"Әпкесі (қарындасы, сіңлісі)", "Сестра", "Sister"}},
    {"brother", {"Ағасы (інісі)", "Брат", "Brother"}},
    {"guardian", {"Қамқоршы", "Опекун", "Guardian"}},
    {"trustee", {"Қорғаншы", "Попечитель", "Trustee"}},
    {"adoptive-parent", {"Асырап алушы", "Усыновитель", "Adoptive parent"}},
    {"foster-parent", {"Патронат тәрбиеші", "Патронатный воспитатель", "Foster parent"}},
    {"other", {"Басқа", "Другое", "Other"}},
    {0},
};
const struct code_list kinship_degree_codes = {"kinship_degree", N_("Kinship"), kinship_degrees};

static const struct code kinship_ends[] = {
    {"guardianship-ended", {"Қорғаншылық (қамқорлық) тоқтатылды", "Опека (попечительство) прекращена", "The guardianship has ended"}},
    {"rights-taken", {"Ата-ана құқығынан айырылды", "Лишение родительских прав", "Parental rights were taken away"}},
    {"deceased", {"Қайтыс болды", "Смерть", "Deceased"}},
    {"mistake", {"Қате тіркелген", "Зарегистрировано по ошибке", "Registered by mistake"}},
    {"other", {"Басқа", "Другое", "Other"}},
    {0},
};
const struct code_list kinship_end_codes = {"kinship_end", N_("Why the kinship has ended"), kinship_ends};

/* What is brought with an application for admission. */
static const struct code admission_papers[] = {
    {"birth-certificate", {"Баланың туу туралы куәлігі", "Свидетельство о рождении ребёнка", "Birth certificate of the child"}},
    {"parent-identity", {"Ата-ананың жеке басын куәландыратын құжаты", "Документ, удостоверяющий личность родителя", "Identity document of the parent"}},
    {"identity-card", {"Жеке куәлік", "Удостоверение личности", "Identity card"}},
    {"school-certificate", {"Білімі туралы құжат", "Документ об образовании", "School certificate"}},
    {"medical-certificate", {"Медициналық анықтама", "Медицинская справка", "Medical certificate"}},
    {"photos", {"3×4 фотосуреттер", "Фотографии 3×4", "Photos 3×4"}},
    {"address-certificate", {"Мекенжай анықтамасы", "Адресная справка", "Certificate of address"}},
    {0},
};
const struct code_list admission_paper_codes = {"admission_paper", N_("Papers"), admission_papers};

static const struct code paper_kinds[] = {
    {"study", {"Оқу орнынан анықтама", "Справка с места учёбы", "Certificate of study"}},
    {0},
};
const struct code_list paper_kind_codes = {"paper_kind", N_("Paper"), paper_kinds};

static const struct code application_states[] = {
    {"submitted", {"Берілді", "Подано", "Submitted"}},
    {"accepted", {"Қабылданды", "Принято", "Accepted"}},
    {"refused", {"Бас тартылды", "Отказано", "Refused"}},
    {"withdrawn", {"Кері алынды", "Отозвано", "Withdrawn"}},
    {0},
};
const struct code_list application_state_codes = {"application_state", N_("State"), application_states};

static const struct code paper_states[] = {
    {"ordered", {"Тапсырыс берілді", "Заказана", "Ordered"}},
    {"issued", {"Берілді", "Выдана", "Issued"}},
    {"refused", {"Бас тартылды", "Отказано", "Refused"}},
    {0},
};
const struct code_list paper_state_codes = {"paper_state", N_("State"), paper_states};

/* ---- the pupil's file (G11) ---- */

static const struct code social_categories[] = {
    {"large-family", {"Көпбалалы отбасы", "Многодетная семья", "Large family"}},
    {"low-income", {"Аз қамтылған отбасы", "Малообеспеченная семья", "Low-income family"}},
    {"single-parent", {"Толық емес отбасы", "Неполная семья", "One-parent family"}},
    {"orphan", {"Жетім бала", "Ребёнок-сирота", "Orphan"}},
    {"no-parental-care", {"Ата-анасының қамқорлығынсыз қалған бала", "Ребёнок, оставшийся без попечения родителей", "Without parental care"}},
    {"guardianship", {"Қорғаншылықтағы (қамқорлықтағы) бала", "Под опекой (попечительством)", "In guardianship"}},
    {"foster-family", {"Патронат отбасындағы бала", "В патронатной семье", "In a foster family"}},
    {"disability", {"Мүгедектігі бар бала", "Ребёнок с инвалидностью", "Child with a disability"}},
    {"disabled-parent", {"Ата-анасының мүгедектігі бар", "Родитель с инвалидностью", "Parent with a disability"}},
    {"kandas", {"Қандас", "Кандас", "Kandas (repatriate)"}},
    {"refugee", {"Босқын", "Беженец", "Refugee"}},
    {"school-register", {"Мектепішілік есепте", "На внутришкольном учёте", "On the school's register"}},
    {"police-register", {"КІЖБ есебінде", "На учёте ГЮП", "On the register of the juvenile police"}},
    {"other", {"Басқа", "Другая", "Another"}},
    {0},
};
const struct code_list social_category_codes = {"social_category", N_("Social category"), social_categories};

/* CON-41: the rules of the fund of general education (Government Decree No 64 of 25 January 2008), and what schools ask for beside them. */
static const struct code meal_grounds[] = {
    {"social-aid", {"Атаулы әлеуметтік көмек алатын отбасы", "Семья получает адресную социальную помощь", "The family gets targeted social aid"}},
    {"low-income", {"Аз қамтылған отбасы: табысы ең төмен күнкөріс деңгейінен аз", "Малообеспеченная семья: доход ниже прожиточного минимума",
                    "Low-income family: below the subsistence minimum"}},
    {"large-family", {"Көпбалалы отбасы", "Многодетная семья", "Large family"}},
    {"orphan", {"Жетім бала", "Ребёнок-сирота", "Orphan"}},
    {"no-parental-care", {"Ата-анасының қамқорлығынсыз қалған бала", "Ребёнок, оставшийся без попечения родителей", "Left without parental care"}},
    {"disability", {"Мүгедектігі бар бала", "Ребёнок с инвалидностью", "Child with a disability"}},
    {"emergency", {"Төтенше жағдай салдарынан шұғыл көмекті қажет ететін отбасы", "Семья нуждается в экстренной помощи после чрезвычайной ситуации",
                   "The family needs urgent help after an emergency"}},
    {"council", {"Алқалы басқару органының шешімі", "Решение коллегиального органа управления", "Decision of the board of the organisation"}},
    {0},
};
const struct code_list meal_ground_codes = {"meal_ground", N_("Ground for free meals"), meal_grounds};

static const struct code meal_states[] = {
    {"submitted", {"Қаралуда", "На рассмотрении", "Submitted"}},
    {"granted", {"Рұқсат берілді", "Разрешено", "Granted"}},
    {"refused", {"Бас тартылды", "Отказано", "Refused"}},
    {"ended", {"Мерзімінен бұрын тоқтатылды", "Прекращено досрочно", "Ended early"}},
    {0},
};
const struct code_list meal_state_codes = {"meal_state", N_("State"), meal_states};

/* What parents propose: fields of the form of contacts. */
static const struct code correction_fields[] = {
    {"reg_territory_id", {"Тіркелген аудан", "Район регистрации", "Registered in"}},
    {"reg_address", {"Тіркеу мекенжайы", "Адрес регистрации", "Address of registration"}},
    {"territory_id", {"Тұратын ауданы", "Район проживания", "Lives in"}},
    {"address", {"Мекенжайы", "Адрес", "Address"}},
    {"phone", {"Телефон", "Телефон", "Phone"}},
    {"email", {"Электрондық пошта", "Электронная почта", "E-mail"}},
    {0},
};
const struct code_list correction_field_codes = {"correction_field", N_("Corrections of contacts"), correction_fields};

static const struct code correction_states[] = {
    {"proposed", {"Ұсынылды", "Предложено", "Proposed"}},
    {"accepted", {"Қабылданды", "Принято", "Accepted"}},
    {"refused", {"Бас тартылды", "Отказано", "Refused"}},
    {"replaced", {"Жаңасымен ауыстырылды", "Заменено новым", "Replaced by a newer one"}},
    {0},
};
const struct code_list correction_state_codes = {"correction_state", N_("State"), correction_states};

static const struct code health_groups[] = {
    {"1", {"I топ", "I группа", "Group I"}},
    {"2", {"II топ", "II группа", "Group II"}},
    {"3", {"III топ", "III группа", "Group III"}},
    {"4", {"IV топ", "IV группа", "Group IV"}},
    {"5", {"V топ", "V группа", "Group V"}},
    {0},
};
const struct code_list health_group_codes = {"health_group", N_("Health group"), health_groups};

static const struct code pe_groups[] = {
    {"basic", {"Негізгі", "Основная", "Basic"}},
    {"preparatory", {"Дайындық", "Подготовительная", "Preparatory"}},
    {"special", {"Арнайы медициналық", "Специальная медицинская", "Special medical"}},
    {"exempt", {"Босатылған", "Освобождён", "Exempt"}},
    {0},
};
const struct code_list pe_group_codes = {"pe_group", N_("Physical education group"), pe_groups};

static const struct code special_needs[] = {
    {"hearing", {"Есту қабілетінің бұзылуы", "Нарушение слуха", "Hearing impairment"}},
    {"vision", {"Көру қабілетінің бұзылуы", "Нарушение зрения", "Visual impairment"}},
    {"speech", {"Сөйлеу қабілетінің бұзылуы", "Нарушение речи", "Speech impairment"}},
    {"movement", {"Тірек-қимыл аппаратының бұзылуы", "Нарушение опорно-двигательного аппарата", "Motor impairment"}},
    {"delay", {"Психикалық дамудың тежелуі", "Задержка психического развития", "Delayed mental development"}},
    {"intellectual", {"Зият бұзылысы", "Нарушение интеллекта", "Intellectual disability"}},
    {"autism", {"Аутизм спектрінің бұзылуы", "Расстройство аутистического спектра", "Autism spectrum disorder"}},
    {"behaviour", {"Эмоционалдық-еріктік бұзылу", "Эмоционально-волевые нарушения", "Emotional and behavioural disorder"}},
    {"multiple", {"Бірнеше бұзылыс", "Сложные нарушения", "Multiple impairments"}},
    {0},
};
const struct code_list special_need_codes = {"special_need", N_("Special educational needs"), special_needs};

static const struct code contest_kinds[] = {
    {"olympiad", {"Олимпиада", "Олимпиада", "Olympiad"}},
    {"contest", {"Байқау", "Конкурс", "Contest"}},
    {"sport", {"Спорт жарысы", "Спортивное соревнование", "Sports competition"}},
    {"project", {"Ғылыми жоба", "Научный проект", "Science project"}},
    {"other", {"Басқа", "Другое", "Other"}},
    {0},
};
const struct code_list contest_kind_codes = {"contest_kind", N_("Kind of contest"), contest_kinds};

static const struct code contest_levels[] = {
    {"organisation", {"Білім беру ұйымы", "Организация образования", "Organisation"}},
    {"district", {"Аудан (қала)", "Район (город)", "District or city"}},
    {"region", {"Облыс", "Область", "Region"}},
    {"republic", {"Республика", "Республика", "Republic"}},
    {"international", {"Халықаралық", "Международный", "International"}},
    {0},
};
const struct code_list contest_level_codes = {"contest_level", N_("Level"), contest_levels};

static const struct code contest_places[] = {
    {"grand-prix", {"Бас жүлде", "Гран-при", "Grand prix"}},
    {"1", {"1-орын", "1 место", "1st place"}},
    {"2", {"2-орын", "2 место", "2nd place"}},
    {"3", {"3-орын", "3 место", "3rd place"}},
    {"laureate", {"Лауреат", "Лауреат", "Laureate"}},
    {"participant", {"Қатысушы", "Участник", "Participant"}},
    {0},
};
const struct code_list contest_place_codes = {"contest_place", N_("Result"), contest_places};

/* ---- organisations and classes ---- */

static const struct code organisation_kinds[] = {
    {"school", {"Мектеп", "Школа", "School"}},
    {"college", {"Колледж (ТжКББ)", "Колледж (ТиПО)", "College"}},
    {0},
};
const struct code_list organisation_kind_codes = {"organisation_kind", N_("Kind of organisation"), organisation_kinds};

static const struct code instruction_languages[] = {
    {"kk", {"Қазақ тілі", "Казахский", "Kazakh"}},
    {"ru", {"Орыс тілі", "Русский", "Russian"}},
    {"uz", {"Өзбек тілі", "Узбекский", "Uzbek"}},
    {"ug", {"Ұйғыр тілі", "Уйгурский", "Uyghur"}},
    {"tj", {"Тәжік тілі", "Таджикский", "Tajik"}},
    {"en", {"Ағылшын тілі", "Английский", "English"}},
    {0},
};
const struct code_list instruction_language_codes = {"instruction_language", N_("Language of instruction"), instruction_languages};

static const struct code study_forms[] = {
    {"full-time", {"Күндізгі", "Очная", "Full-time"}},
    {"evening", {"Кешкі", "Вечерняя", "Evening"}},
    {"distance", {"Сырттай", "Заочная", "By correspondence"}},
    {"home", {"Үйде оқыту", "Обучение на дому", "At home"}},
    {"external", {"Экстернат", "Экстернат", "External"}},
    {0},
};
const struct code_list study_form_codes = {"study_form", N_("Form of study"), study_forms};

static const struct code second_languages[] = {
    {"kk", {"Қазақ тілі", "Казахский", "Kazakh"}},
    {"ru", {"Орыс тілі", "Русский", "Russian"}},
    {"en", {"Ағылшын тілі", "Английский", "English"}},
    {"de", {"Неміс тілі", "Немецкий", "German"}},
    {"fr", {"Француз тілі", "Французский", "French"}},
    {"tr", {"Түрік тілі", "Турецкий", "Turkish"}},
    {"zh", {"Қытай тілі", "Китайский", "Chinese"}},
    {"ar", {"Араб тілі", "Арабский", "Arabic"}},
    {"ko", {"Корей тілі", "Корейский", "Korean"}},
    {"other", {"Басқа тіл", "Другой язык", "Another language"}},
    {0},
};
const struct code_list second_language_codes = {"second_language", N_("Second language"), second_languages};

/* CON-13 */
static const struct code education_profiles[] = {
    {"general", {"Жалпы білім беретін", "Общеобразовательный", "General"}},
    {"natural-mathematical", {"Жаратылыстану-математикалық", "Естественно-математический", "Science and mathematics"}},
    {"social-humanitarian", {"Қоғамдық-гуманитарлық", "Общественно-гуманитарный", "Social studies and humanities"}},
    {"technological", {"Технологиялық", "Технологический", "Technology"}},
    {"gymnasium", {"Гимназиялық", "Гимназический", "Gymnasium"}},
    {"lyceum", {"Лицейлік", "Лицейский", "Lyceum"}},
    {"sport", {"Спорттық", "Спортивный", "Sport"}},
    {"arts", {"Көркемөнер", "Художественно-эстетический", "Arts"}},
    {"military", {"Әскери-патриоттық", "Военно-патриотический", "Military and patriotic"}},
    {0},
};
const struct code_list education_profile_codes = {"education_profile", N_("Education profile"), education_profiles};

/* CON-14 */
static const struct code class_marks[] = {
    {"ordinary", {"Қарапайым сынып", "Обычный класс", "Ordinary class"}},
    {"preschool", {"Мектепалды даярлық сыныбы", "Класс предшкольной подготовки", "Pre-school class"}},
    {"small", {"Шағын жинақты сынып", "Малокомплектный класс", "Small class"}},
    {"combined", {"Біріктірілген сынып", "Совмещённый класс", "Combined class"}},
    {"inclusive", {"Инклюзивті сынып", "Инклюзивный класс", "Inclusive class"}},
    {"special", {"Арнайы сынып", "Специальный класс", "Special class"}},
    {"correction", {"Түзету сыныбы", "Класс коррекции", "Remedial class"}},
    {"advanced", {"Пәндерді тереңдетіп оқытатын сынып", "Класс с углублённым изучением предметов", "Class with advanced subjects"}},
    {"evening", {"Кешкі сынып", "Вечерний класс", "Evening class"}},
    {0},
};
const struct code_list class_mark_codes = {"class_mark", N_("Class mark"), class_marks};

/* CON-07 */
static const struct code group_types[] = {
    {"budget", {"Бюджеттік", "Бюджетная", "Budget"}},
    {"extra-budget", {"Бюджеттен тыс", "Внебюджетная", "Extra-budget"}},
    {"mixed", {"Аралас", "Смешанная", "Mixed"}},
    {0},
};
const struct code_list group_type_codes = {"group_type", N_("Type of group"), group_types};

static const struct code class_duties[] = {
    {"class-teacher", {"Сынып жетекшісі", "Классный руководитель", "Class teacher"}},
    {"curator", {"Куратор", "Куратор", "Curator"}},
    {"master", {"Өндірістік оқыту шебері", "Мастер ПО", "Master of vocational training"}},
    {0},
};
const struct code_list class_duty_codes = {"class_duty", N_("Duty in the class"), class_duties};

/* PER-11; the first letter is the sort, then the number. A row of a year's periods is a quarter or a semester. */
static const struct code period_kinds[] = {
    {"q1", {"I тоқсан", "I четверть", "Quarter I"}},
    {"q2", {"II тоқсан", "II четверть", "Quarter II"}},
    {"q3", {"III тоқсан", "III четверть", "Quarter III"}},
    {"q4", {"IV тоқсан", "IV четверть", "Quarter IV"}},
    {"s1", {"1 семестр", "1 семестр", "Semester 1"}},
    {"s2", {"2 семестр", "2 семестр", "Semester 2"}},
    {"year", {"Оқу жылы", "Учебный год", "School year"}},
    {0},
};
const struct code_list period_kind_codes = {"period_kind", N_("Period"), period_kinds};

/* ---- all of them ---- */

const struct code_list *const school_code_lists[] = {
    &sex_codes,
    &residency_codes,
    &pupil_standing_codes,
    &funding_codes,
    &claim_ground_codes,
    &scholarship_kind_codes,
    &citizenship_codes,
    &nationality_codes,
    &no_iin_reason_codes,
    &document_kind_codes,
    &kinship_degree_codes,
    &kinship_end_codes,
    &application_state_codes,
    &paper_state_codes,
    &paper_kind_codes,
    &admission_paper_codes,
    &social_category_codes,
    &meal_ground_codes,
    &meal_state_codes,
    &correction_field_codes,
    &correction_state_codes,
    &health_group_codes,
    &pe_group_codes,
    &special_need_codes,
    &contest_kind_codes,
    &contest_level_codes,
    &contest_place_codes,
    &organisation_kind_codes,
    &instruction_language_codes,
    &study_form_codes,
    &second_language_codes,
    &education_profile_codes,
    &class_mark_codes,
    &group_type_codes,
    &class_duty_codes,
    &period_kind_codes,
    &order_journal_codes,
    &order_kind_codes,
    &order_state_codes,
    &movement_kind_codes,
    &movement_reason_codes,
    &departure_state_codes,
    &certificate_kind_codes,
    &year_outcome_codes,
    &disband_reason_codes,
    NULL,
};
