/* book.c: reads the book of pupil movement. */
#include "reports/book.h"

#include <stdlib.h>
#include <string.h>

static void read_titles(struct book *book, char *line)
{
    strsep(&line, ";"); /* of the labels */
    while (line != NULL && book->columns < BOOK_COLUMNS_MAX)
        book->titles[book->columns++] = strsep(&line, ";");
}

static void read_row(struct book *book, char *line)
{
    struct book_row *row = &book->rows[book->count++];
    row->label = strsep(&line, ";");
    for (size_t i = 0; line != NULL && i < book->columns; i++)
        row->numbers[i] = strtoll(strsep(&line, ";"), NULL, 10);
}

static void check_balance(const struct book *book, const struct book_row *row, const char *address)
{
    int64_t balance = row->numbers[0];
    for (size_t i = 1; i + 1 < book->columns; i++)
        balance += strstr(book->titles[i], "Arrived") != NULL ? row->numbers[i] : -row->numbers[i];
    ck_assert_msg(balance == row->numbers[book->columns - 1], "%s: %s does not close", address, row->label);
}

void book_read(struct book *book, const char *address)
{
    char *text = pool_strdup(fixture_pool(), get("%s%cformat=csv", address, strchr(address, '?') != NULL ? '&' : '?').body), *line;
    *book = (struct book){0};
    while ((line = strsep(&text, "\n")) != NULL && book->count < BOOK_ROWS_MAX) {
        line[strcspn(line, "\r")] = '\0';
        if (line[0] != '\0' && book->columns == 0)
            read_titles(book, line);
        else if (line[0] != '\0')
            read_row(book, line);
    }
    ck_assert_msg(book->count > 0, "%s: no rows", address);
    for (size_t i = 0; i < book->count; i++)
        check_balance(book, &book->rows[i], address);
}
