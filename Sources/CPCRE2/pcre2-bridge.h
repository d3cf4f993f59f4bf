/* The library's names have the width of its characters in them, which its header adds by macros that Swift cannot see. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static inline pcre2_code_8 *wharf_pcre2_compile(
    const unsigned char *pattern, size_t length, int *error, size_t *offset) {
    return pcre2_compile_8(pattern, length, PCRE2_CASELESS | PCRE2_NEVER_UTF, error, offset, NULL);
}
