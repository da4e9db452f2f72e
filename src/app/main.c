/* main.c: mektepd: the master, and by its first argument a web or a job process. */
#include "app/app.h"

int main(void)
{
    return 0;
}
