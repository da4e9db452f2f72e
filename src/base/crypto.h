/* crypto.h: random numbers, tokens, hashes, passwords, UUIDs. libsodium's door. */
#ifndef MEKTEP_CRYPTO_H
#define MEKTEP_CRYPTO_H

#include "base/error.h"
#include "base/pool.h"

enum {
    CRYPTO_HASH_BYTES = 32,
    CRYPTO_HEX_SIZE = 65,      /* SHA-256 in hex and NUL */
    CRYPTO_TOKEN_SIZE = 44,    /* 32 random bytes in URL-safe base64 and NUL */
    CRYPTO_PASSWORD_SIZE = 128, /* an Argon2id string as stored */
    CRYPTO_UUID_SIZE = 37,
    CRYPTO_KEY_BYTES = 32,
};

NEOERR *crypto_init(void);

uint32_t crypto_random(uint32_t below);                       /* evenly 0 … below-1 */
void crypto_bytes(void *out, size_t length);
void crypto_token(char out[CRYPTO_TOKEN_SIZE]);
void crypto_code(char *out, size_t letters);                   /* a code that people type: A-Z 2-9 without 0 O 1 I L; out holds letters+1 */
void crypto_uuid(char out[CRYPTO_UUID_SIZE]);                  /* random, version 4 */
void crypto_uuid_from(const char *name, char out[CRYPTO_UUID_SIZE]); /* the same name gives the same UUID: for demo data */

void crypto_sha256(const void *bytes, size_t length, unsigned char out[CRYPTO_HASH_BYTES]);
void crypto_hex(const unsigned char *bytes, size_t length, char *out); /* out holds 2*length+1 */

struct crypto_hash; /* SHA-256 of a stream */
struct crypto_hash *crypto_hash_new(struct pool *pool);
void crypto_hash_add(struct crypto_hash *hash, const void *bytes, size_t length);
void crypto_hash_end(struct crypto_hash *hash, char hex[CRYPTO_HEX_SIZE]);

/* A key as 64 hex digits; false when the text is none. */
bool crypto_key_read(const char *hex, unsigned char key[CRYPTO_KEY_BYTES]);

/* XSalsa20-Poly1305 (secretbox): what is sealed comes as text; it opens with the same key and length only, and unchanged. */
char *crypto_seal(struct pool *pool, const unsigned char key[CRYPTO_KEY_BYTES], const void *plain, size_t length);
bool crypto_open(const unsigned char key[CRYPTO_KEY_BYTES], const char *sealed, void *plain, size_t length);

/* HMAC-SHA-256: for short codes, whose bare hash could be guessed. */
void crypto_keyed_hash(const unsigned char key[CRYPTO_KEY_BYTES], const void *bytes, size_t length, unsigned char out[CRYPTO_HASH_BYTES]);

bool crypto_equal(const void *a, const void *b, size_t length); /* in constant time */

/* Argon2id, 19 MiB, t=2. */
NEOERR *crypto_password_hash(const char *password, char out[CRYPTO_PASSWORD_SIZE]);
bool crypto_password_verify(const char *stored, const char *password);
bool crypto_password_is_old(const char *stored); /* made with a cost below today's: hash again at sign-in */
void crypto_password_burn(void);                  /* spends the time of a verify, for logins that do not exist */

#endif
