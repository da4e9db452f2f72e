/* crypto.c: libsodium's door. */
#include "base/crypto.h"

#include <sodium.h>
#include <string.h>

enum { PASSWORD_MEMORY = 19 * 1024 * 1024, PASSWORD_PASSES = 2 };

struct crypto_hash {
    crypto_hash_sha256_state state;
};

NEOERR *crypto_init(void)
{
    if (sodium_init() < 0)
        return nerr_raise(ERROR_INTERNAL, "libsodium does not start");
    return STATUS_OK;
}

uint32_t crypto_random(uint32_t below)
{
    return randombytes_uniform(below);
}

void crypto_bytes(void *out, size_t length)
{
    randombytes_buf(out, length);
}

void crypto_token(char out[CRYPTO_TOKEN_SIZE])
{
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, CRYPTO_TOKEN_SIZE, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void crypto_code(char *out, size_t letters)
{
    static const char alphabet[] = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    for (size_t i = 0; i < letters; i++)
        out[i] = alphabet[randombytes_uniform(sizeof alphabet - 1)];
    out[letters] = '\0';
}

static void format_uuid(unsigned char bytes[16], int version, char out[CRYPTO_UUID_SIZE])
{
    char hex[33];
    bytes[6] = (unsigned char)((bytes[6] & 0x0F) | (version << 4));
    bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
    sodium_bin2hex(hex, sizeof hex, bytes, 16);
    snprintf(out, CRYPTO_UUID_SIZE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

void crypto_uuid(char out[CRYPTO_UUID_SIZE])
{
    unsigned char bytes[16];
    randombytes_buf(bytes, sizeof bytes);
    format_uuid(bytes, 4, out);
}

void crypto_uuid_from(const char *name, char out[CRYPTO_UUID_SIZE])
{
    unsigned char digest[CRYPTO_HASH_BYTES];
    crypto_sha256(name, strlen(name), digest);
    format_uuid(digest, 8, out); /* version 8: of the program's own making (RFC 9562) */
}

void crypto_sha256(const void *bytes, size_t length, unsigned char out[CRYPTO_HASH_BYTES])
{
    crypto_hash_sha256(out, bytes, length);
}

void crypto_hex(const unsigned char *bytes, size_t length, char *out)
{
    sodium_bin2hex(out, length * 2 + 1, bytes, length);
}

struct crypto_hash *crypto_hash_new(struct pool *pool)
{
    struct crypto_hash *hash = pool_alloc(pool, sizeof *hash);
    crypto_hash_sha256_init(&hash->state);
    return hash;
}

void crypto_hash_add(struct crypto_hash *hash, const void *bytes, size_t length)
{
    crypto_hash_sha256_update(&hash->state, bytes, length);
}

void crypto_hash_end(struct crypto_hash *hash, char hex[CRYPTO_HEX_SIZE])
{
    unsigned char digest[CRYPTO_HASH_BYTES];
    crypto_hash_sha256_final(&hash->state, digest);
    crypto_hex(digest, sizeof digest, hex);
}

bool crypto_key_read(const char *hex, unsigned char key[CRYPTO_KEY_BYTES])
{
    size_t length = 0;
    return strlen(hex) == 2 * CRYPTO_KEY_BYTES && sodium_hex2bin(key, CRYPTO_KEY_BYTES, hex, 2 * CRYPTO_KEY_BYTES, NULL, &length, NULL) == 0 &&
           length == CRYPTO_KEY_BYTES;
}

/* The nonce, then the box. */
char *crypto_seal(struct pool *pool, const unsigned char key[CRYPTO_KEY_BYTES], const void *plain, size_t length)
{
    size_t sealed_length = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length;
    size_t size = sodium_base64_ENCODED_LEN(sealed_length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    unsigned char *sealed = pool_alloc(pool, sealed_length);
    randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, plain, length, sealed, key);
    return sodium_bin2base64(pool_alloc(pool, size), size, sealed, sealed_length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool crypto_open(const unsigned char key[CRYPTO_KEY_BYTES], const char *sealed, void *plain, size_t length)
{
    unsigned char bytes[512];
    size_t got = 0, expected = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length;
    if (sodium_base642bin(bytes, sizeof bytes, sealed, strlen(sealed), NULL, &got, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 || got != expected)
        return false;
    return crypto_secretbox_open_easy(plain, bytes + crypto_secretbox_NONCEBYTES, got - crypto_secretbox_NONCEBYTES, bytes, key) == 0;
}

void crypto_keyed_hash(const unsigned char key[CRYPTO_KEY_BYTES], const void *bytes, size_t length, unsigned char out[CRYPTO_HASH_BYTES])
{
    crypto_auth_hmacsha256(out, bytes, length, key);
}

bool crypto_equal(const void *a, const void *b, size_t length)
{
    return sodium_memcmp(a, b, length) == 0;
}

NEOERR *crypto_password_hash(const char *password, char out[CRYPTO_PASSWORD_SIZE])
{
    if (crypto_pwhash_str_alg(out, password, strlen(password), PASSWORD_PASSES, PASSWORD_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return nerr_raise(ERROR_INTERNAL, "no memory to hash a password");
    return STATUS_OK;
}

bool crypto_password_verify(const char *stored, const char *password)
{
    char padded[crypto_pwhash_STRBYTES] = {0};
    snprintf(padded, sizeof padded, "%s", stored);
    return crypto_pwhash_str_verify(padded, password, strlen(password)) == 0;
}

bool crypto_password_is_old(const char *stored)
{
    char padded[crypto_pwhash_STRBYTES] = {0};
    snprintf(padded, sizeof padded, "%s", stored);
    return crypto_pwhash_str_needs_rehash(padded, PASSWORD_PASSES, PASSWORD_MEMORY) != 0;
}

void crypto_password_burn(void)
{
    char hash[CRYPTO_PASSWORD_SIZE];
    error_release(crypto_password_hash("a password that nobody has", hash));
}
