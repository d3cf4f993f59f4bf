import COpenSSL
import Foundation

@testable import FTPServer

/// What TLS connections of a test's client share. Nobody's certificate is asked for: what the server shows is compared.
@safe
final class ClientTLS {
    private let context: OpaquePointer

    /// - Parameters:
    ///   - certificate: what the client shows if it is asked.
    ///   - protocols: what it offers by ALPN (RFC 7301).
    ///   - hasTickets: false for TLS 1.2 whose sessions the server keeps, for the client takes no tickets (RFC 5077).
    init?(_ certificate: OwnCertificate? = nil, protocols: [String] = [], hasTickets: Bool = true) {
        // OpenSSL writes to sockets that may be closed by then.
        _ = signal(SIGPIPE, SIG_IGN)
        guard let made = unsafe SSL_CTX_new(TLS_client_method()) else { return nil }
        unsafe context = unsafe made
        if !hasTickets {
            unsafe SSL_CTX_ctrl(made, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
            // SSL_OP_NO_TICKET, which is a macro.
            unsafe SSL_CTX_set_options(made, 1 << 14)
        }
        let offered = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        if !offered.isEmpty { unsafe SSL_CTX_set_alpn_protos(made, offered, UInt32(offered.count)) }
        guard let certificate else { return }
        unsafe SSL_CTX_use_certificate_chain_file(made, certificate.certificatePath)
        unsafe SSL_CTX_use_PrivateKey_file(made, certificate.keyPath, SSL_FILETYPE_PEM)
    }

    deinit { unsafe SSL_CTX_free(context) }

    /// One connection over a socket that somebody else closes; its calls block as the socket's do.
    @safe
    final class Connection {
        private let ssl: OpaquePointer

        init?(_ client: ClientTLS, _ descriptor: Int32, resuming other: Connection?) {
            guard let made = unsafe SSL_new(client.context) else { return nil }
            unsafe ssl = unsafe made
            unsafe SSL_set_fd(made, descriptor)
            guard let other, let session = unsafe SSL_get1_session(other.ssl) else { return }
            unsafe SSL_set_session(made, session)
            unsafe SSL_SESSION_free(session)
        }

        deinit {
            // A session whose connection was cut would not be resumed any more.
            unsafe SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN)
            unsafe SSL_free(ssl)
        }

        func shakeHands() -> Bool { unsafe SSL_connect(ssl) == 1 }

        func write(_ bytes: [UInt8]) { unsafe SSL_write(ssl, bytes, Int32(bytes.count)) }

        /// 0 or less at the end.
        func read(_ piece: inout [UInt8]) -> Int { Int(unsafe SSL_read(ssl, &piece, Int32(piece.count))) }

        func sayGoodbye() { unsafe SSL_shutdown(ssl) }

        /// Whether the server has said that it will send nothing more, and sends nothing before that.
        func isOver() -> Bool {
            var byte: UInt8 = 0
            let count = unsafe SSL_read(ssl, &byte, 1)
            return unsafe count == 0 && SSL_get_error(ssl, count) == SSL_ERROR_ZERO_RETURN
        }

        var isResumed: Bool { unsafe SSL_session_reused(ssl) == 1 }

        /// What ALPN has chosen; empty for nothing.
        var chosenProtocol: String {
            var text: UnsafePointer<UInt8>?
            var count: UInt32 = 0
            unsafe SSL_get0_alpn_selected(ssl, &text, &count)
            return unsafe String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
        }

        /// The serial number of the server's certificate, which no two have in common.
        var serialNumber: [UInt8] {
            guard let certificate = unsafe SSL_get1_peer_certificate(ssl) else { return [] }
            defer { unsafe X509_free(certificate) }
            guard let number = unsafe X509_get_serialNumber(certificate),
                let data = unsafe ASN1_STRING_get0_data(number)
            else { return [] }
            return unsafe Array(UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(number))))
        }
    }
}
