/* mektepctl.c: what an operator does by hand: migrate, accounts, import, export, check. */
#include "engine/db.h"

int main(void)
{
    return 0;
}
