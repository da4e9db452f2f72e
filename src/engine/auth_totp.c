/* auth_totp.c: codes by the time of day (RFC 6238, SHA-1, 6 digits, 30 s). liboath's door. */
#include "engine/auth_private.h"

#include <liboath/oath.h>
#include <stdlib.h>

enum { STEP_MILLISECONDS = 30 * 1000 };

int64_t totp_step(int64_t at)
{
    return at / STEP_MILLISECONDS;
}

NEOERR *totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step, char code[TOTP_CODE_SIZE])
{
    int fault = oath_hotp_generate((const char *)secret, TOTP_SECRET_BYTES, (uint64_t)step, TOTP_CODE_SIZE - 1, false, OATH_HOTP_DYNAMIC_TRUNCATION, code);
    if (fault != OATH_OK)
        return nerr_raise(ERROR_INTERNAL, "make a code: %s", oath_strerror(fault));
    return STATUS_OK;
}

NEOERR *totp_match(const unsigned char secret[TOTP_SECRET_BYTES], const char typed[TOTP_CODE_SIZE], int64_t *step)
{
    char code[TOTP_CODE_SIZE];
    int64_t now = totp_step(clock_now());
    *step = 0;
    for (int64_t near = now - 1; near <= now + 1; near++) {
        TRY(totp_code(secret, near, code));
        if (crypto_equal(code, typed, sizeof code))
            *step = near;
    }
    return STATUS_OK;
}

NEOERR *totp_text(struct pool *pool, const unsigned char secret[TOTP_SECRET_BYTES], const char **text)
{
    char *made = NULL;
    int fault = oath_base32_encode((const char *)secret, TOTP_SECRET_BYTES, &made, NULL);
    if (fault != OATH_OK)
        return nerr_raise(ERROR_INTERNAL, "write a secret: %s", oath_strerror(fault));
    *text = pool_strdup(pool, made);
    free(made);
    return STATUS_OK;
}
