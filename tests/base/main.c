/* main.c: the suites of base's tests. */
#include "base_suites.h"

int main(void)
{
    return suites_run((Suite * (*const[])(void)){
        clock_suite,
        crypto_suite,
        date_suite,
        error_suite,
        iin_suite,
        log_suite,
        name_suite,
        pool_suite,
        sandbox_suite,
        text_suite,
        NULL,
    });
}
