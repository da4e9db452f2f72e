/* fuzz.c: throws changed samples at everything that reads what strangers send. The same seed gives the same inputs.
 *
 * usage: fuzz [TARGET COUNT SEED]; without arguments each target gets a few. The input under way lies in the file that
 * FUZZ_INPUT names, so that it is there when the process breaks.
 */
#include "targets.h"

#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { INPUT_MAX = 4096, CHANGES_MAX = 5, SAMPLES_MAX = 64, USUAL_COUNT = 200, USUAL_SEED = 1 };

struct input {
    size_t length;
    char bytes[INPUT_MAX];
};

static struct input samples[SAMPLES_MAX];
static size_t sample_count;
static uint64_t state;

/* xorshift64*: good enough to choose places, and the same everywhere. */
static size_t random_below(size_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return below == 0 ? 0 : (size_t)((state * 0x2545f4914f6cdd1dULL) >> 33) % below;
}

/* ---- changes ---- */

/* Pieces that mean something to one of the readers. */
static const char *const pieces[] = {
    "%", "%00", "%FF", "&", "=", ";", "\r\n", "\r\n\r\n", "--", "--x", "--x--", "\"", "\\\"", "name=\"a\"", "filename=\"", "\xd2\x92", "\xff", "\xed\xa0\x80",
    "<", ">", "<![CDATA[", "]]>", "<!DOCTYPE a>", "&#0;", "&amp;", "xmlns=\"\"", "[", "]\n", "\n", "31.02.", "2026", "\xe2\x80\x8b", "/", "//", "..", "PK\x03\x04", "PK\x01\x02", "0", "999999999999",
};

static void put(struct input *input, size_t at, const char *bytes, size_t length)
{
    if (input->length + length > INPUT_MAX)
        return;
    memmove(input->bytes + at + length, input->bytes + at, input->length - at);
    memcpy(input->bytes + at, bytes, length);
    input->length += length;
}

static void change_bit(struct input *input)
{
    if (input->length > 0)
        input->bytes[random_below(input->length)] ^= (char)(1 << random_below(8));
}

static void change_byte(struct input *input)
{
    if (input->length > 0)
        input->bytes[random_below(input->length)] = (char)random_below(256);
}

static void put_piece(struct input *input)
{
    const char *piece = pieces[random_below(sizeof pieces / sizeof *pieces)];
    put(input, random_below(input->length + 1), piece, strlen(piece));
}

static void put_nul(struct input *input)
{
    put(input, random_below(input->length + 1), "", 1);
}

static void cut(struct input *input)
{
    size_t at = random_below(input->length + 1), length = random_below(input->length - at + 1);
    memmove(input->bytes + at, input->bytes + at + length, input->length - at - length);
    input->length -= length;
}

static void break_off(struct input *input)
{
    input->length = random_below(input->length + 1);
}

/* A part of one sample goes into another. */
static void mix(struct input *input)
{
    const struct input *other = &samples[random_below(sample_count)];
    size_t at = random_below(other->length + 1);
    put(input, random_below(input->length + 1), other->bytes + at, random_below(other->length - at + 1));
}

static void (*const changes[])(struct input *input) = {change_bit, change_byte, put_piece, put_nul, cut, break_off, mix};

/* ---- samples ---- */

static void read_samples(const char *target)
{
    char pattern[512];
    glob_t files;
    snprintf(pattern, sizeof pattern, SOURCE_DIR "/tests/fuzz/corpus/%s/*", target);
    sample_count = 0;
    if (glob(pattern, 0, NULL, &files) != 0) {
        fprintf(stderr, "fuzz: no samples in %s\n", pattern);
        exit(EXIT_FAILURE);
    }
    for (size_t i = 0; i < files.gl_pathc && sample_count < SAMPLES_MAX; i++) {
        FILE *file = fopen(files.gl_pathv[i], "r");
        if (file == NULL)
            continue;
        samples[sample_count].length = fread(samples[sample_count].bytes, 1, INPUT_MAX, file);
        sample_count++;
        fclose(file);
    }
    globfree(&files);
}

/* A file in memory that outlives the process. */
static struct input *shared_input(void)
{
    const char *path = getenv("FUZZ_INPUT");
    static struct input own;
    int fd = path == NULL ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, sizeof own) != 0)
        return &own;
    void *shared = mmap(NULL, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return shared == MAP_FAILED ? &own : shared;
}

/* ---- running ---- */

/* The samples as they are first, then changed ones. The target gets a copy of exact size: a read past its end is seen. */
static void run_target(const struct target *target, size_t count, uint64_t seed, struct input *input)
{
    state = seed * 0x9e3779b97f4a7c15ULL + 1;
    read_samples(target->name);
    for (size_t i = 0; i < sample_count + count; i++) {
        *input = samples[i < sample_count ? i : random_below(sample_count)];
        for (size_t n = i < sample_count ? 0 : 1 + random_below(CHANGES_MAX); n > 0; n--)
            changes[random_below(sizeof changes / sizeof *changes)](input);
        char *copy = malloc(input->length + 1);
        memcpy(copy, input->bytes, input->length);
        copy[input->length] = '\0';
        struct pool *pool = pool_new();
        target->read(pool, copy, input->length);
        pool_free(pool);
        free(copy);
    }
    printf("%s: %zu inputs\n", target->name, sample_count + count);
}

int main(int argc, char **argv)
{
    size_t count = argc == 4 ? strtoul(argv[2], NULL, 10) : USUAL_COUNT;
    uint64_t seed = argc == 4 ? strtoull(argv[3], NULL, 10) : USUAL_SEED;
    struct input *input = shared_input();
    bool found = false;
    targets_init();
    for (const struct target *target = targets; target->name != NULL; target++) {
        if (argc == 4 && strcmp(argv[1], target->name) != 0)
            continue;
        run_target(target, count, seed, input);
        found = true;
    }
    targets_end();
    return found ? EXIT_SUCCESS : EXIT_FAILURE;
}
