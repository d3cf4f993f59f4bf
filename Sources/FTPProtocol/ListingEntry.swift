/// One file or directory of a listing, whatever the listing's format.
package struct ListingEntry: Hashable, Sendable {
    /// What an entry stands for.
    package enum Kind: Hashable, Sendable, CaseIterable {
        case file, directory, link
        /// The listed directory itself: `.` or `type=cdir`.
        case currentDirectory
        /// Its parent: `..` or `type=pdir`.
        case parentDirectory
        /// A device, a socket, a pipe.
        case other
        /// The listing does not say, as with NLST.
        case unknown
    }

    /// The bytes as the server sent them; nothing is checked, see ``isPlainName``.
    package var name: [UInt8]
    /// What the entry stands for.
    package var kind: Kind
    /// In bytes.
    package var size: UInt64?
    /// The time of last change.
    package var modified: ListingTime?
    /// As the server wrote them: `rwxr-xr-x`, or the letters of the `perm` fact.
    package var permissions: String?
    /// UNIX permission bits, 0 … 0o7777.
    package var mode: UInt16?
    /// A name or a number.
    package var owner: String?
    /// A name or a number.
    package var group: String?
    /// Where a symbolic link leads, if the server tells.
    package var linkTarget: [UInt8]?
    /// Equal for two names of one file, if the server tells.
    package var unique: String?
    /// Every fact of an MLSD line.
    package var facts: [Facts.Fact] = []

    /// An entry of which nothing else is known.
    package init(name: [UInt8], kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// Whether the name is safe to create a file by: not empty, `.` or `..`, without separators and control characters.
    ///
    /// A hostile server lists `../../.profile` (the class of CVE-2018-10916).
    package var isPlainName: Bool {
        !name.isEmpty && !name.elementsEqual(".".utf8) && !name.elementsEqual("..".utf8)
            && !name.contains { $0 < 0x20 || $0 == 0x7F || $0 == ASCII.slash || $0 == ASCII.backslash }
    }

    /// Turns a directory named `.` or `..` into what it is.
    mutating func recognizeDots() {
        guard kind == .directory || kind == .unknown else { return }
        if name.elementsEqual(".".utf8) { kind = .currentDirectory }
        if name.elementsEqual("..".utf8) { kind = .parentDirectory }
    }
}

/// A time as a listing gives it, with all that it leaves open.
package struct ListingTime: Hashable, Sendable {
    /// How finely a listing gives its times.
    package enum Precision: Hashable, Sendable, CaseIterable {
        case day, minute, second
    }

    /// Seconds since 1970; as if the zone were UTC while ``isZoneKnown`` is false.
    package var seconds: Int64
    /// The smallest part that the listing gives.
    package var precision: Precision
    /// The listing gives no year; it was chosen so that the time lies in the year before the listing was made.
    package var isYearGuessed = false
    /// Whether the listing tells or defines its zone; `ls` and DIR use one of the server that nobody names.
    package var isZoneKnown = false

    /// A time that lies `seconds` after the start of 1970.
    package init(seconds: Int64, precision: Precision, isYearGuessed: Bool = false, isZoneKnown: Bool = false) {
        self.seconds = seconds
        self.precision = precision
        self.isYearGuessed = isYearGuessed
        self.isZoneKnown = isZoneKnown
    }
}
