/* main.c: the suites of the engine's tests. */
#include "engine_suites.h"

int main(void)
{
    return suites_run((Suite * (*const[])(void)){
        audit_suite,
        auth_suite,
        auth_factor_suite,
        config_suite,
        db_suite,
        db_migrate_suite,
        document_suite,
        document_sheets_suite,
        output_suite,
        file_suite,
        helper_suite,
        http_multipart_suite,
        http_query_suite,
        job_suite,
        i18n_suite,
        list_suite,
        route_suite,
        view_suite,
        xml_suite,
        zip_suite,
        NULL,
    });
}
