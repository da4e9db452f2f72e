/* book.h: the book of pupil movement as a test reads it: the numbers of its CSV. */
#ifndef MEKTEP_TEST_BOOK_H
#define MEKTEP_TEST_BOOK_H

#include "school.h"

enum { BOOK_ROWS_MAX = 80, BOOK_COLUMNS_MAX = 30 };

/* The last row is the sum of all. Of the numbers the first is "at the beginning", the last "at the end". */
struct book {
    struct book_row {
        const char *label;
        int64_t numbers[BOOK_COLUMNS_MAX];
    } rows[BOOK_ROWS_MAX];
    size_t count, columns;
    const char *titles[BOOK_COLUMNS_MAX];
};

/* Fails unless each row closes: at the beginning + arrived - left = at the end. */
void book_read(struct book *book, const char *address);

#endif
