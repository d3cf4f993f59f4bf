#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

/* What OpenSSL declares as macros, which Swift cannot call. */

static inline long wharf_set_min_version(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version);
}

static inline long wharf_set_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_mode(context, mode);
}

static inline int wharf_kernel_sends(SSL *ssl) {
    return BIO_get_ktls_send(SSL_get_wbio(ssl)) > 0;
}

/* Has what is written gathered in a buffer of `size` bytes, until it is full or flushed; 1, or 0 for want of memory. */
static inline int wharf_gather_writes(SSL *ssl, int size) {
    BIO *buffer = BIO_new(BIO_f_buffer());
    BIO *socket = SSL_get_wbio(ssl);
    if (buffer == NULL) return 0;
    if (BIO_set_write_buffer_size(buffer, size) != 1 || BIO_up_ref(socket) != 1) {
        BIO_free(buffer);
        return 0;
    }
    SSL_set0_wbio(ssl, BIO_push(buffer, socket));
    return 1;
}

/* Whether the socket that is read has come to its end. */
static inline int wharf_is_at_end(SSL *ssl) {
    return BIO_eof(SSL_get_rbio(ssl)) == 1;
}

static inline int wharf_flush(SSL *ssl) {
    return (int)BIO_flush(SSL_get_wbio(ssl));
}
