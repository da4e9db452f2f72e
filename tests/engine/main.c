/* main.c: the suites of the engine's tests. */
#include "engine_suites.h"

int main(void)
{
    return suites_run((Suite * (*const[])(void)){
        config_suite,
        db_suite,
        db_migrate_suite,
        document_suite,
        output_suite,
        http_multipart_suite,
        http_query_suite,
        route_suite,
        xml_suite,
        zip_suite,
        NULL,
    });
}
