import CPCRE2

/// A regular expression as Wireshark reads them: PCRE2's, whatever the case, over bytes.
///
/// - Invariant: what the pointers stand for never changes after `init`; PCRE2 allows one compiled pattern to be used by
///   many threads at once. Each search has its own room for matches.
@safe
final class Pattern: @unchecked Sendable {
    private let code: OpaquePointer
    private let context: OpaquePointer?
    let text: [UInt8]

    struct Failure: Error {
        let message: String
    }

    /// Steps after which a search gives up as if nothing were found: an expression made to take forever must not.
    private static let stepLimit: UInt32 = 100_000

    init(_ text: [UInt8]) throws(Failure) {
        var error: Int32 = 0
        var place = 0
        let compiled = unsafe wharf_pcre2_compile(text, text.count, &error, &place)
        guard let compiled = unsafe compiled else { throw Failure(message: Self.message(error)) }
        unsafe code = compiled
        unsafe context = pcre2_match_context_create_8(nil)
        if let context = unsafe context {
            unsafe pcre2_set_match_limit_8(context, Self.stepLimit)
            unsafe pcre2_set_depth_limit_8(context, Self.stepLimit)
        }
        self.text = text
    }

    deinit {
        unsafe pcre2_code_free_8(code)
        unsafe pcre2_match_context_free_8(context)
    }

    private static func message(_ error: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = unsafe pcre2_get_error_message_8(error, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
    }

    /// Whether it is found anywhere in `bytes`.
    func isFound(in bytes: [UInt8]) -> Bool {
        guard let room = unsafe pcre2_match_data_create_8(1, nil) else { return false }
        defer { unsafe pcre2_match_data_free_8(room) }
        return unsafe pcre2_match_8(code, bytes, bytes.count, 0, 0, room, context) >= 0
    }
}
