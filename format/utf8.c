/* utf8.c - UTF-8: what is wrong with it, and typeset signs in plain letters. */
#include "reader.h"

#include <string.h>

/* NOLINTBEGIN(readability-magic-numbers): the bit patterns of UTF-8, RFC 3629 */

/* Length of the character that starts with `lead`, and its lowest code point. */
static size_t lead_length(unsigned char lead, uint32_t *code, uint32_t *lowest) {
    if (lead < 0x80) return *code = lead, *lowest = 0, 1;
    if (lead >= 0xc2 && lead < 0xe0) return *code = lead & 0x1f, *lowest = 0x80, 2;
    if (lead >= 0xe0 && lead < 0xf0) return *code = lead & 0x0f, *lowest = 0x800, 3;
    if (lead >= 0xf0 && lead < 0xf5) return *code = lead & 0x07, *lowest = 0x10000, 4;
    return 0;
}

/* Bytes of the character at `text`, 0 when it is broken, overlong or a surrogate. */
static size_t char_length(const char *text, size_t bytes) {
    uint32_t code, lowest;
    const size_t n = lead_length((unsigned char)*text, &code, &lowest);
    if (n == 0 || n > bytes) return 0;
    for (size_t i = 1; i < n; i++) {
        const unsigned char c = (unsigned char)text[i];
        if ((c & 0xc0) != 0x80) return 0;
        code = code << 6 | (c & 0x3f);
    }
    if (code < lowest || code > 0x10ffff) return 0;
    return code >= 0xd800 && code < 0xe000 ? 0 : n;
}

size_t nen__utf8_bad(const char *text, size_t bytes) {
    size_t at = 0;
    while (at < bytes) {
        const size_t n = char_length(text + at, bytes - at);
        if (n == 0) return at;
        at += n;
    }
    return bytes;
}

size_t nen__utf8_put(uint32_t code, char out[4]) {
    if (code < 0x80) return out[0] = (char)code, 1;
    const size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--, code >>= 6) {
        out[i] = (char)(0x80 | (code & 0x3f));
    }
    out[0] = (char)(lead[n] | code);
    return n;
}

/* NOLINTEND(readability-magic-numbers) */

void nen__utf8_trim(char *text) {
    text[nen__utf8_bad(text, strlen(text))] = 0;
}

static const struct sign {
    const char *typeset, *plain;
} signs[] = {
    {"\xe2\x89\xa4", "<="}, {"\xe2\x89\xa5", ">="}, {"\xe2\x80\x93", "-"},
    {"\xe2\x80\x94", "-"},  {"\xe2\x88\x92", "-"},  {"\xe2\x80\x91", "-"},
    {"\xc2\xb5", "u"},      {"\xce\xbc", "u"},      {"\xc2\xb2", "2"},
    {"\xc2\xb3", "3"},      {"\xe2\x81\xb9", "^9"}, {"\xc3\x97", "x"},
    {"\xe2\x89\x88", "~"},  {"\xc2\xa0", " "},      {"\xe2\x80\xaf", " "},
    {"\xe2\x80\x89", " "},  {"\xe2\x81\x84", "/"},
};

static const struct sign *sign_at(const char *text) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!strncmp(text, signs[i].typeset, strlen(signs[i].typeset))) {
            return &signs[i];
        }
    }
    return NULL;
}

bool nen__plain(const char *text, char *out, size_t cap) {
    size_t used = 0;
    while (*text) {
        const struct sign *sign = (*text < ' ' || *text > '~') ? sign_at(text) : NULL;
        const char *from = sign ? sign->plain : text;
        const size_t n = sign ? strlen(sign->plain) : 1;
        if (used + n >= cap) return out[used] = 0, false;
        memcpy(out + used, from, n);
        used += n;
        text += sign ? strlen(sign->typeset) : 1;
    }
    out[used] = 0;
    return true;
}
