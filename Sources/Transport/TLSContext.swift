import COpenSSL
import Glibc

/// Why TLS cannot be set up.
package struct TLSError: Error, CustomStringConvertible {
    package let description: String

    init(_ what: String) {
        let code = ERR_get_error()
        ERR_clear_error()
        let text = unsafe ERR_reason_error_string(code)
        let reason = unsafe text.map { unsafe String(cString: $0) }.map { ": " + $0 } ?? ""
        description = what + reason
    }
}

/// What all TLS connections of a server share: its certificate and its rules.
///
/// OpenSSL rather than swift-nio-ssl, for a data connection has to show that it resumes the session of its control
/// connection, or somebody else has come for the data.
///
/// Safe to share: OpenSSL counts references to a context and locks what changes in it.
@safe
package final class TLSContext: @unchecked Sendable {
    package struct Settings: Sendable, Hashable {
        /// PEM, the certificate of the server first, then those that lead to the root.
        package var certificatePath: String
        package var keyPath: String
        /// PEM; certificates of clients are asked for, and have to lead to one of these.
        package var clientAuthorityPath: String?
        package var requiresClientCertificate = false
        /// Whether secrets are told to whoever records a connection.
        package var logsKeys = false

        package init(certificatePath: String, keyPath: String) {
            self.certificatePath = certificatePath
            self.keyPath = keyPath
        }
    }

    /// SSL_OP_ENABLE_KTLS, NO_COMPRESSION, CIPHER_SERVER_PREFERENCE and NO_RENEGOTIATION, which are macros.
    private static let options: UInt64 = kernelTLS | 1 << 17 | 1 << 22 | 1 << 30

    static let kernelTLS: UInt64 = 1 << 3
    /// SSL_OP_IGNORE_UNEXPECTED_EOF.
    static let ignoreUnexpectedEnd: UInt64 = 1 << 7

    /// How long a session may be resumed: a data connection opened after hours still has to. RFC 8446 §4.6.1 allows a week.
    private static let sessionSeconds = 7 * 24 * 60 * 60

    let pointer: OpaquePointer

    /// Throws ``TLSError`` that names the file at fault.
    package init(_ settings: Settings) throws(TLSError) {
        guard let made = unsafe SSL_CTX_new(TLS_server_method()) else { throw TLSError("TLS cannot be set up") }
        unsafe pointer = unsafe made
        unsafe wharf_set_min_version(made, TLS1_2_VERSION)
        // Renegotiation and compression have been attacked; what is idle gives its buffers back.
        unsafe SSL_CTX_set_options(made, Self.options)
        unsafe wharf_set_mode(made, Int(SSL_MODE_RELEASE_BUFFERS) | Int(SSL_MODE_ENABLE_PARTIAL_WRITE))
        _ = unsafe SSL_CTX_set_timeout(made, Self.sessionSeconds)
        guard unsafe SSL_CTX_use_certificate_chain_file(made, settings.certificatePath) == 1 else {
            throw TLSError("\(settings.certificatePath) holds no certificate in PEM")
        }
        guard unsafe SSL_CTX_use_PrivateKey_file(made, settings.keyPath, SSL_FILETYPE_PEM) == 1 else {
            throw TLSError("\(settings.keyPath) holds no private key in PEM that goes with \(settings.certificatePath)")
        }
        guard unsafe SSL_CTX_check_private_key(made) == 1 else {
            throw TLSError("\(settings.keyPath) is not the key of \(settings.certificatePath)")
        }
        if let authority = settings.clientAuthorityPath {
            guard unsafe SSL_CTX_load_verify_locations(made, authority, nil) == 1 else {
                throw TLSError("\(authority) holds no certificates in PEM")
            }
            unsafe SSL_CTX_set_client_CA_list(made, SSL_load_client_CA_file(authority))
            unsafe SSL_CTX_set_verify(
                made, SSL_VERIFY_PEER | (settings.requiresClientCertificate ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nil)
        }
        if settings.logsKeys { unsafe SSL_CTX_set_keylog_callback(made) { unsafe logKey($0, $1) } }
        unsafe SSL_CTX_set_alpn_select_cb(made, { unsafe selectProtocol($1, $2, $3, $4, $5) }, nil)
    }

    deinit { unsafe SSL_CTX_free(pointer) }
}

/// A client that offers protocols and not "ftp" means another server (ALPACA, CVE-2021-3618).
private func selectProtocol(
    _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ chosenLength: UnsafeMutablePointer<UInt8>?,
    _ offered: UnsafePointer<UInt8>?, _ offeredLength: UInt32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let offered = unsafe offered else { return SSL_TLSEXT_ERR_NOACK }
    let all = unsafe UnsafeBufferPointer(start: offered, count: Int(offeredLength))
    var place = 0
    while place < all.count {
        let length = Int(unsafe all[place])
        guard place + 1 + length <= all.count else { break }
        if unsafe all[(place + 1)..<(place + 1 + length)].elementsEqual("ftp".utf8) {
            unsafe chosen?.pointee = offered + place + 1
            unsafe chosenLength?.pointee = UInt8(length)
            return SSL_TLSEXT_ERR_OK
        }
        place += 1 + length
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}

/// What ties the data connections of one session to its control connection: TLS sessions made under one identity are not
/// resumed under another (SSL_CTX_set_session_id_context(3)).
package struct TLSIdentity: Sendable, Hashable {
    let bytes: [UInt8]

    /// One that nobody else has.
    package init() {
        var generator = SystemRandomNumberGenerator()
        bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}

/// One end of a TLS connection, this end the server's.
@safe
final class TLSConnection {
    let pointer: OpaquePointer
    private let recorder: ConnectionRecorder?

    /// - Parameter recorder: is told the secrets, where the context has them told.
    init?(_ context: TLSContext, _ identity: TLSIdentity, _ recorder: ConnectionRecorder? = nil) {
        self.recorder = recorder
        guard let made = unsafe SSL_new(context.pointer) else { return nil }
        unsafe pointer = unsafe made
        unsafe SSL_set_session_id_context(made, identity.bytes, UInt32(identity.bytes.count))
        unsafe SSL_set_accept_state(made)
        guard let recorder else { return }
        unsafe SSL_set_ex_data(made, 0, Unmanaged.passUnretained(recorder).toOpaque())
        // What the kernel encrypts nobody sees.
        unsafe SSL_clear_options(made, TLSContext.kernelTLS)
    }

    deinit {
        // SSL_free(3) forgets a session whose connection was cut, and no later data connection could resume it; RFC 5246
        // §7.2.1 keeps it.
        unsafe SSL_set_shutdown(pointer, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        unsafe SSL_free(pointer)
    }

    /// Reads and writes a socket from now on.
    func attach(_ descriptor: Int32) {
        unsafe SSL_set_fd(pointer, descriptor)
        // A connection that just ends is to be an error of that connection alone: OpenSSL would forget its session as well.
        unsafe SSL_set_options(pointer, TLSContext.ignoreUnexpectedEnd)
    }

    /// Whether the socket has ended. Where ``read(into:)`` says that the peer has closed, it has not said so then.
    var isCut: Bool { unsafe wharf_is_at_end(pointer) == 1 }

    enum Status {
        case done(Int)
        /// More has to come in, or go out, first.
        case wait
        /// The peer has said that this was all.
        case closed
        case failed
    }

    func handshake() -> Status { status(unsafe SSL_do_handshake(pointer)) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Status {
        status(unsafe SSL_read(pointer, buffer.baseAddress, Int32(clamping: buffer.count)))
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Status {
        status(unsafe SSL_write(pointer, bytes.baseAddress, Int32(clamping: bytes.count)))
    }

    /// Says that this was all; done once the peer has said so too.
    func shutdown() -> Status {
        let result = unsafe SSL_shutdown(pointer)
        return result == 0 ? .wait : status(result)
    }

    /// Whether a session was resumed, and so the peer is who it was.
    var isResumed: Bool { unsafe SSL_session_reused(pointer) == 1 }

    private func status(_ result: Int32) -> Status {
        if result > 0 { return .done(Int(result)) }
        let code = unsafe SSL_get_error(pointer, result)
        let number = errno
        ERR_clear_error()
        switch code {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wait
        case SSL_ERROR_ZERO_RETURN: return .closed
        case SSL_ERROR_SYSCALL where number == EAGAIN: return .wait
        default: return .failed
        }
    }
}
