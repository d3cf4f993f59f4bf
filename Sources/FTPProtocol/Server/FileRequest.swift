/// One thing that a session wants done with files, other than a transfer.
package enum FileRequest: Sendable, Hashable {
    /// Answered by ``FileResult/entry(_:)``; of a link, what it leads to.
    case entry(ServerPath)
    /// What RNFR asks: whether it is there and may be renamed.
    case mayRename(ServerPath)
    /// What CWD asks: whether it is a directory that may be entered.
    case mayEnter(ServerPath)
    /// What LIST and its kin ask before the data connection is opened: whether it can be listed.
    case mayList(ServerPath)
    /// What resuming an upload begins at: the size of the file, or of the part that a cut upload left.
    case size(ServerPath)
    case makeDirectory(ServerPath)
    case removeDirectory(ServerPath, recursively: Bool)
    case delete(ServerPath)
    case rename(from: ServerPath, to: ServerPath)
    /// Answered by ``FileResult/attributes(_:)``.
    case setAttributes(ServerPath, FileAttributes)
    case link(at: ServerPath, to: [UInt8])
    case copy(from: ServerPath, to: ServerPath)
    /// Appends the others to the first, then deletes them.
    case combine(ServerPath, [ServerPath])
    /// Answered by ``FileResult/digest(_:_:)``; the range is of bytes of the file, from its first one up to its last.
    case digest(ServerPath, DigestAlgorithm, Range<UInt64>?)
    /// Answered by ``FileResult/number(_:)``: bytes that may still be stored there.
    case available(ServerPath)
    /// Answered by ``FileResult/number(_:)``: bytes of all files below.
    case directorySize(ServerPath)
    /// Answered by ``FileResult/lines(_:isCut:)``, for the control connection.
    case list(ServerPath, ListingWriter.Form)
}

extension FileRequest {
    /// What it changes, for logs; nil for a question.
    package var changeText: String? {
        switch self {
        case .makeDirectory(let path): "make \(path)"
        case .removeDirectory(let path, _): "remove \(path)"
        case .delete(let path): "delete \(path)"
        case .rename(let source, let target): "rename \(source) to \(target)"
        case .setAttributes(let path, let attributes):
            (attributes.mode.map { "mode \(String($0, radix: 8))" } ?? "time") + " of \(path)"
        case .link(let path, _): "link \(path)"
        case .copy(let source, let target): "copy \(source) to \(target)"
        case .combine(let target, _): "combine \(target)"
        case .entry, .mayRename, .mayEnter, .mayList, .size, .digest, .available, .directorySize, .list: nil
        }
    }
}

/// What can be set of a file; nil for what stays as it is.
package struct FileAttributes: Sendable, Hashable {
    package var modified: FTPTime?
    package var created: FTPTime?
    /// Permission bits, 0 … 0o7777.
    package var mode: UInt16?

    package init(modified: FTPTime? = nil, created: FTPTime? = nil, mode: UInt16? = nil) {
        self.modified = modified
        self.created = created
        self.mode = mode
    }
}

/// What came of a ``FileRequest``.
package enum FileResult: Sendable, Hashable {
    case done
    case entry(FileEntry)
    case number(UInt64)
    /// The digest, and the range that it covers.
    case digest([UInt8], Range<UInt64>)
    /// Lines of a listing; `isCut` if there are more of them than a reply can hold.
    case lines([UInt8], isCut: Bool)
    /// What was set, as it is now.
    case attributes(FileAttributes)
    case failed(FileError)

    package var isFailure: Bool {
        if case .failed = self { true } else { false }
    }
}

/// How contents are summed up (draft-bryan-ftpext-hash §3.1).
package enum DigestAlgorithm: String, CaseIterable, Sendable, Hashable {
    case sha256 = "SHA-256"
    case sha512 = "SHA-512"
    case sha1 = "SHA-1"
    case md5 = "MD5"
    case crc32 = "CRC32"

    init?(name: String) {
        let name = name.uppercased()
        guard let algorithm = Self.allCases.first(where: { $0.rawValue == name }) else { return nil }
        self = algorithm
    }
}

/// Why something could not be done with a file.
package enum FileError: Error, Sendable, Hashable {
    case notFound, exists
    case isDirectory, notDirectory, notEmpty
    /// The file system, or a right that the user has not, forbids it.
    case forbidden
    case nameTooLong, nameNotAllowed
    /// A chain of links that has no end, or leads out of the tree.
    case badLink
    case noSpace, quotaExceeded, tooLarge
    case readOnly
    /// Somebody else is writing it.
    case busy
    case beyondEnd
    case unsupported
    /// Too many files are open, or memory is short: it can pass.
    case exhausted
    /// Nobody waits for it any more.
    case aborted
    case failed

    /// 4yz where the same command can succeed later, else 5yz (RFC 959 §4.2.1).
    package var code: ReplyCode {
        switch self {
        case .busy: 450
        case .exhausted, .aborted, .failed: 451
        case .noSpace: 452
        case .quotaExceeded, .tooLarge: 552
        case .nameTooLong, .nameNotAllowed: 553
        case .beyondEnd: 554
        case .unsupported: 504
        default: 550
        }
    }

    package var text: Phrase {
        switch self {
        case .notFound: Phrase(en: "No such file or directory.", zh: "没有这个文件或目录。")
        case .exists: Phrase(en: "That name exists already.", zh: "该名称已经存在。")
        case .isDirectory: Phrase(en: "Is a directory.", zh: "这是一个目录。")
        case .notDirectory: Phrase(en: "Not a directory.", zh: "这不是目录。")
        case .notEmpty: Phrase(en: "The directory is not empty.", zh: "目录不为空。")
        case .forbidden: Phrase(en: "Permission denied.", zh: "没有权限。")
        case .nameTooLong: Phrase(en: "That name is too long.", zh: "名称太长。")
        case .nameNotAllowed: Phrase(en: "That name is not allowed.", zh: "不允许使用该名称。")
        case .badLink: Phrase(en: "A link in that path leads nowhere.", zh: "路径中的链接无效。")
        case .noSpace: Phrase(en: "No space left on the server.", zh: "服务器磁盘空间不足。")
        case .quotaExceeded: Phrase(en: "Quota exceeded.", zh: "超出配额。")
        case .tooLarge: Phrase(en: "The file is too large.", zh: "文件太大。")
        case .readOnly: Phrase(en: "The file system is read-only.", zh: "文件系统是只读的。")
        case .busy: Phrase(en: "Somebody else is writing that file.", zh: "该文件正在被其他用户写入。")
        case .beyondEnd: Phrase(en: "The file ends before that position.", zh: "该位置超出文件末尾。")
        case .unsupported: Phrase(en: "The server cannot do that with this file.", zh: "服务器无法对该文件执行此操作。")
        case .exhausted: Phrase(en: "The server is short of resources.", zh: "服务器资源不足。")
        case .aborted: Phrase(en: "Aborted before it was done.", zh: "操作已中止。")
        case .failed: Phrase(en: "The file could not be read or written.", zh: "文件读写失败。")
        }
    }
}
