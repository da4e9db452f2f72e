/* engine_suites.h: the suites of the engine's tests; main.c lists them. */
#ifndef MEKTEP_ENGINE_SUITES_H
#define MEKTEP_ENGINE_SUITES_H

#include "suites.h"

Suite *audit_suite(void);
Suite *auth_suite(void);
Suite *auth_factor_suite(void);
Suite *config_suite(void);
Suite *db_suite(void);
Suite *db_migrate_suite(void);
Suite *document_suite(void);
Suite *document_sheets_suite(void);
Suite *output_suite(void);
Suite *file_suite(void);
Suite *helper_suite(void);
Suite *http_multipart_suite(void);
Suite *http_query_suite(void);
Suite *job_suite(void);
Suite *i18n_suite(void);
Suite *list_suite(void);
Suite *route_suite(void);
Suite *view_suite(void);
Suite *xml_suite(void);
Suite *zip_suite(void);

#endif
