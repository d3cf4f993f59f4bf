#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

/* What OpenSSL declares as macros, which Swift cannot call. */

static inline long wharf_set_min_version(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version);
}

static inline long wharf_set_session_cache_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_session_cache_mode(context, mode);
}

static inline long wharf_set_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_mode(context, mode);
}

static inline int wharf_kernel_sends(SSL *ssl) {
    return BIO_get_ktls_send(SSL_get_wbio(ssl)) > 0;
}

static inline long wharf_make_nonblocking_eof(BIO *bio) {
    return BIO_set_mem_eof_return(bio, -1);
}
