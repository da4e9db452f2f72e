/* main.c: the suites of the app's tests. */
#include "app_suites.h"

int main(void)
{
    return suites_run((Suite * (*const[])(void)){
        app_suite,
        master_suite,
        statements_suite,
        NULL,
    });
}
