package import Bytes

/// All that has to be known to move a file or a listing over a data connection.
package struct TransferRequest: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case retrieve
        case store
        case append
        /// STOU: a name that nothing has yet, made from the path's.
        case storeUnique
        case list(ListingWriter.Form)
    }

    package var kind: Kind
    package var path: ServerPath
    package var type: RepresentationType
    package var structure: FileStructure
    package var mode: TransferMode
    /// Where in the file the first byte belongs (REST, RANG).
    package var offset: UInt64
    /// How many bytes to move at most (RANG); nil for all.
    package var length: UInt64?
    /// Where the data connection is to go; nil if the client connects.
    package var target: Endpoint?
    /// Whether TLS protects the data connection (PROT P).
    package var isProtected: Bool
    /// 0 … 9, for MODE Z.
    package var compressionLevel: UInt8

    /// Whether bytes come from the client.
    package var isUpload: Bool {
        switch kind {
        case .store, .append, .storeUnique: true
        case .retrieve, .list: false
        }
    }

    package var isListing: Bool { if case .list = kind { true } else { false } }

    /// Whether what goes over the wire are just the bytes of the file.
    package var isPlain: Bool {
        guard mode == .stream, structure == .file, !isListing else { return false }
        switch type {
        case .image, .local: return true
        case .ascii, .ebcdic: return false
        }
    }
}

/// What was found when a transfer was prepared.
package struct PreparedTransfer: Sendable, Hashable {
    /// What the file is called; a STOU makes it up.
    package var path: ServerPath
    /// Bytes that will be sent; nil where nobody knows before.
    package var size: UInt64?

    package init(path: ServerPath, size: UInt64?) {
        self.path = path
        self.size = size
    }
}

/// How a transfer ended.
package enum TransferOutcome: Sendable, Hashable {
    /// Bytes of the file that were moved.
    case complete(UInt64)
    /// No data connection came about.
    case noConnection
    /// TLS could not be agreed on, or the data connection did not resume the session of the control connection.
    case tlsFailed
    case sessionNotReused
    /// It broke, or the client closed it in the middle.
    case connectionLost
    /// Nothing moved for too long.
    case stalled
    /// ABOR, or the end of the session.
    case aborted
    case fileFailed(FileError)
    /// What the client sent is no file of that mode and structure.
    case malformed
}
