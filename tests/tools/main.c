/* main.c: the suites of the tools' tests. */
#include "tools_suites.h"

int main(void)
{
    return suites_run((Suite * (*const[])(void)){
        backup_suite,
        demo_suite,
        mektepctl_suite,
        NULL,
    });
}
