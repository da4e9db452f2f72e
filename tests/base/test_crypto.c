/* test_crypto.c: tokens, codes, hashes, UUIDs, passwords. */
#include "base_suites.h"

#include "base/crypto.h"

#include <string.h>

static void begin(void)
{
    ck_assert_ptr_null(error_init());
    ck_assert_ptr_null(crypto_init());
}

/* FIPS 180-2, appendix B. */
static const struct {
    const char *text, *hex;
} digests[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

START_TEST(a_digest_is_that_of_the_standard_whole_and_in_pieces)
{
    for (size_t i = 0; i < sizeof digests / sizeof digests[0]; i++) {
        unsigned char bytes[CRYPTO_HASH_BYTES];
        char hex[CRYPTO_HEX_SIZE];
        struct pool *pool = pool_new();
        struct crypto_hash *hash = crypto_hash_new(pool);
        crypto_sha256(digests[i].text, strlen(digests[i].text), bytes);
        crypto_hex(bytes, sizeof bytes, hex);
        ck_assert_str_eq(hex, digests[i].hex);
        for (const char *c = digests[i].text; *c != '\0'; c++)
            crypto_hash_add(hash, c, 1);
        crypto_hash_end(hash, hex);
        ck_assert_str_eq(hex, digests[i].hex);
        pool_free(pool);
    }
}
END_TEST

START_TEST(a_token_has_43_url_safe_letters_and_no_twin)
{
    char one[CRYPTO_TOKEN_SIZE], other[CRYPTO_TOKEN_SIZE];
    crypto_token(one);
    crypto_token(other);
    ck_assert_uint_eq(strlen(one), 43);
    ck_assert_uint_eq(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
    ck_assert_str_ne(one, other);
}
END_TEST

START_TEST(a_code_has_no_letters_that_people_confuse)
{
    char code[2001];
    crypto_code(code, 2000);
    ck_assert_uint_eq(strlen(code), 2000);
    ck_assert_uint_eq(strspn(code, "ABCDEFGHJKMNPQRSTUVWXYZ23456789"), 2000);
    for (const char *c = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"; *c != '\0'; c++)
        ck_assert_msg(strchr(code, *c) != NULL, "%c never comes", *c);
}
END_TEST

START_TEST(random_numbers_stay_below_their_bound_and_reach_it)
{
    bool seen[3] = {false};
    for (int i = 0; i < 1000; i++) {
        uint32_t number = crypto_random(3);
        ck_assert_uint_lt(number, 3);
        seen[number] = true;
    }
    ck_assert(seen[0] && seen[1] && seen[2]);
}
END_TEST

static void check_uuid(const char *uuid, char version)
{
    ck_assert_uint_eq(strlen(uuid), 36);
    for (size_t i = 0; i < 36; i++)
        ck_assert_msg(i == 8 || i == 13 || i == 18 || i == 23 ? uuid[i] == '-' : strchr("0123456789abcdef", uuid[i]) != NULL, "%s", uuid);
    ck_assert_int_eq(uuid[14], version);
    ck_assert_ptr_nonnull(strchr("89ab", uuid[19]));
}

START_TEST(a_uuid_is_random_or_of_its_name)
{
    char one[CRYPTO_UUID_SIZE], other[CRYPTO_UUID_SIZE];
    crypto_uuid(one);
    crypto_uuid(other);
    check_uuid(one, '4');
    ck_assert_str_ne(one, other);
    crypto_uuid_from("pupil 1", one);
    crypto_uuid_from("pupil 1", other);
    check_uuid(one, '8');
    ck_assert_str_eq(one, other);
    crypto_uuid_from("pupil 2", other);
    ck_assert_str_ne(one, other);
}
END_TEST

START_TEST(bytes_are_compared_to_the_last)
{
    ck_assert(crypto_equal("token", "token", 5));
    ck_assert(!crypto_equal("token", "tokem", 5));
    ck_assert(crypto_equal("token", "tokem", 4));
}
END_TEST

START_TEST(a_password_is_verified_by_what_is_stored)
{
    char stored[CRYPTO_PASSWORD_SIZE], again[CRYPTO_PASSWORD_SIZE];
    ck_assert_ptr_null(crypto_password_hash("қызыл алма 7", stored));
    ck_assert_ptr_null(crypto_password_hash("қызыл алма 7", again));
    ck_assert_str_ne(stored, again);
    ck_assert_msg(strncmp(stored, "$argon2id$v=19$m=19456,t=2,p=1$", 31) == 0, "%s", stored);
    ck_assert(crypto_password_verify(stored, "қызыл алма 7"));
    ck_assert(!crypto_password_verify(stored, "қызыл алма 8"));
    ck_assert(!crypto_password_verify(stored, ""));
    ck_assert(!crypto_password_verify("", "қызыл алма 7"));
    ck_assert(!crypto_password_is_old(stored));
}
END_TEST

/* "password" with 64 KiB and one pass. */
START_TEST(a_cheaper_hash_is_old_but_nothing_of_today)
{
    ck_assert(crypto_password_is_old("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$MBbWJ5UfzSLvdPvpsCYhYVFHBAGZkbYAQrUSa9zxhr8"));
}
END_TEST

START_TEST(what_is_sealed_opens_with_its_key_and_unchanged_only)
{
    static const char hex[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    unsigned char key[CRYPTO_KEY_BYTES], other[CRYPTO_KEY_BYTES] = {1};
    char plain[12];
    struct pool *pool = pool_new();
    ck_assert(crypto_key_read(hex, key));
    ck_assert(!crypto_key_read(hex + 1, key) && !crypto_key_read("", key));
    char *sealed = crypto_seal(pool, key, "tulip bulbs", 12);
    ck_assert_ptr_null(strstr(sealed, "tulip"));
    ck_assert_str_ne(sealed, crypto_seal(pool, key, "tulip bulbs", 12));
    ck_assert(crypto_open(key, sealed, plain, 12));
    ck_assert_str_eq(plain, "tulip bulbs");
    ck_assert(!crypto_open(key, sealed, plain, 11));
    ck_assert(!crypto_open(other, sealed, plain, 12));
    sealed[40] = sealed[40] == 'A' ? 'B' : 'A';
    ck_assert(!crypto_open(key, sealed, plain, 12));
    ck_assert(!crypto_open(key, "no base64!", plain, 12));
    pool_free(pool);
}
END_TEST

/* RFC 4231, test case 1, its key of 20 bytes filled with zeros to 32: the same by the definition of HMAC. */
START_TEST(a_keyed_hash_is_that_of_the_standard)
{
    unsigned char key[CRYPTO_KEY_BYTES] = {0}, hash[CRYPTO_HASH_BYTES];
    char hex[CRYPTO_HEX_SIZE];
    memset(key, 0x0b, 20);
    crypto_keyed_hash(key, "Hi There", 8, hash);
    crypto_hex(hash, sizeof hash, hex);
    ck_assert_str_eq(hex, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}
END_TEST

Suite *crypto_suite(void)
{
    Suite *suite = suite_create("crypto");
    TCase *tcase = tcase_create("crypto");
    tcase_add_checked_fixture(tcase, begin, NULL);
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, a_digest_is_that_of_the_standard_whole_and_in_pieces);
    tcase_add_test(tcase, a_token_has_43_url_safe_letters_and_no_twin);
    tcase_add_test(tcase, a_code_has_no_letters_that_people_confuse);
    tcase_add_test(tcase, random_numbers_stay_below_their_bound_and_reach_it);
    tcase_add_test(tcase, a_uuid_is_random_or_of_its_name);
    tcase_add_test(tcase, bytes_are_compared_to_the_last);
    tcase_add_test(tcase, a_password_is_verified_by_what_is_stored);
    tcase_add_test(tcase, a_cheaper_hash_is_old_but_nothing_of_today);
    tcase_add_test(tcase, what_is_sealed_opens_with_its_key_and_unchanged_only);
    tcase_add_test(tcase, a_keyed_hash_is_that_of_the_standard);
    suite_add_tcase(suite, tcase);
    return suite;
}
