/* main.c: the suites of the engine's tests. */
#include "engine_suites.h"

int main(void)
{
    return suites_run((Suite * (*const[])(void)){
        db_suite,
        db_migrate_suite,
        document_suite,
        xml_suite,
        zip_suite,
        NULL,
    });
}
