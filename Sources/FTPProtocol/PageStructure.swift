package import Bytes

/// A page of a file of STRU P (RFC 959 §3.1.2.3).
///
/// Each field of its header is one logical byte; this is the form with eight bits (TYPE I, TYPE L 8), in which a page
/// holds at most 255 bytes.
package struct Page: Hashable, Sendable {
    /// The page type.
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// The end of the file; has neither data nor optional fields.
        case last = 0
        case simple
        /// Describes the file as a whole.
        case descriptor
        /// As `simple`, with access rights of its own in the optional fields.
        case accessControlled
    }

    /// The logical number of the page within the file.
    package var index: UInt8
    /// The page type.
    package var kind: Kind
    /// What the header holds beyond its four bytes; at most 251 of them.
    package var optionalFields: [UInt8]
    /// At most 255 bytes.
    package var data: [UInt8]

    /// A page to be sent; see ``wireForm``.
    package init(index: UInt8, kind: Kind, optionalFields: [UInt8] = [], data: [UInt8] = []) {
        self.index = index
        self.kind = kind
        self.optionalFields = optionalFields
        self.data = data
    }

    /// The page as it is sent; fields and data beyond their limits are cut off.
    package var wireForm: [UInt8] {
        let fields = optionalFields.prefix(Self.maximumFields)
        let data = data.prefix(255)
        return [UInt8(4 + fields.count), index, UInt8(data.count), kind.rawValue] + fields + data
    }

    /// The most bytes of optional fields: the header length is one byte and counts four others.
    package static let maximumFields = 251
}

/// Undoes STRU P in stream mode.
package struct PageDecoder: Sendable {
    /// The bytes of a page that is not whole yet; at most 510.
    private var partial: [UInt8] = []
    private var failure: FTPProtocolError?
    /// How many bytes were read.
    package private(set) var offset: UInt64 = 0
    /// Whether the last page was seen.
    package private(set) var isAtEnd = false

    package init() {}

    /// Decodes the next bytes and hands on every page that they complete, the last one included.
    ///
    /// Throws at the first impossible byte, and from then on at every call; what came out before is valid.
    package mutating func push(_ bytes: Bytes, into emit: (Page) -> Void) throws(FTPProtocolError) {
        if let failure { throw failure }
        for position in 0..<bytes.count {
            let byte = bytes.u8(at: position)
            if let code = fault(of: byte) {
                let error = FTPProtocolError(code, at: offset)
                failure = error
                throw error
            }
            partial.append(byte)
            offset += 1
            if let page = takePage() {
                isAtEnd = page.kind == .last
                emit(page)
            }
        }
    }

    /// Tells that the stream has ended; throws unless it did so behind the last page.
    package func finish() throws(FTPProtocolError) {
        if let failure { throw failure }
        guard isAtEnd else { throw FTPProtocolError(.truncated, at: offset) }
    }

    /// Why `byte` cannot be the next one; nil if it can.
    private func fault(of byte: UInt8) -> FTPProtocolError.Code? {
        if isAtEnd { return .dataAfterEnd }
        switch partial.count {
        case 0: return byte < 4 ? .impossibleLength : nil
        case 3:
            guard let kind = Page.Kind(rawValue: byte) else { return .unknownDescriptor }
            return kind == .last && (partial[0] != 4 || partial[2] != 0) ? .impossibleLength : nil
        default: return nil
        }
    }

    private mutating func takePage() -> Page? {
        guard partial.count >= 4, let kind = Page.Kind(rawValue: partial[3]) else { return nil }
        let header = Int(partial[0])
        guard partial.count == header + Int(partial[2]) else { return nil }
        defer { partial = [] }
        return Page(
            index: partial[1], kind: kind, optionalFields: Array(partial[4..<header]), data: Array(partial[header...]))
    }
}
