/// The forms in which servers list directories.
package enum ListingFormat: Hashable, Sendable, CaseIterable {
    /// MLSD (RFC 3659 §7).
    case facts
    /// Easily parsed list format: `+i8388621.29609,m824255902,/,<TAB>dev`.
    case eplf
    /// As `ls -l` prints it.
    case unix
    /// As DIR of MS-DOS and IIS print it.
    case dos
    case vms
    /// z/OS data sets and members.
    case mvs
    /// Bare names, as NLST gives them.
    case names

    /// The order in which an unknown line is tried: the strictest forms first.
    fileprivate static let recognized: [ListingFormat] = [.facts, .eplf, .unix, .dos, .vms, .mvs]
}

/// Reads a listing line by line, finding out its format by itself.
///
/// Lines that are no entries, such as `total 12` or headings, give nil.
package struct ListingReader: Sendable {
    /// The format of the last entry; before the first one what the reader was told to expect.
    package private(set) var format: ListingFormat?

    /// When the listing was made, in seconds since 1970: `ls` leaves out the year of recent files.
    private let now: Int64?
    private var vms = VMSListing()
    private var mvs = MVSListing()

    /// - Parameters:
    ///   - format: what to expect. With `.names` every line is a name, since names can look like anything.
    ///   - now: when the listing was made, in seconds since 1970. Without it, times without year are dropped.
    package init(expecting format: ListingFormat? = nil, now: Int64? = nil) {
        self.format = format
        self.now = now
    }

    /// Takes one line; its end may be there or not.
    package mutating func push(_ line: some Collection<UInt8>) -> ListingEntry? {
        var line = Array(line)
        while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { line.removeLast() }
        guard !line.isEmpty else { return nil }
        if let format, let entry = entry(of: line, as: format) { return entry }
        guard format != .names else { return nil }
        for other in ListingFormat.recognized where other != format {
            if let entry = entry(of: line, as: other) {
                format = other
                return entry
            }
        }
        return nil
    }

    private mutating func entry(of line: [UInt8], as format: ListingFormat) -> ListingEntry? {
        var entry: ListingEntry? =
            switch format {
            case .facts: FactsListing.entry(of: line)
            case .eplf: EPLFListing.entry(of: line)
            case .unix: UnixListing.entry(of: line, now: now)
            case .dos: DOSListing.entry(of: line)
            case .vms: vms.entry(of: line)
            case .mvs: mvs.entry(of: line)
            case .names: ListingEntry(name: line, kind: .unknown)
            }
        entry?.recognizeDots()
        return entry
    }
}

enum FactsListing {
    static func entry(of line: [UInt8]) -> ListingEntry? {
        // A line inside an MLST reply has one space in front (RFC 3659 §7.2).
        let line = line.first == ASCII.space ? Array(line.dropFirst()) : line
        guard let facts = Facts(line: line), !facts.list.isEmpty else { return nil }
        var entry = ListingEntry(name: facts.name, kind: facts.kind)
        entry.size = facts.size
        entry.modified = facts.modified.map {
            ListingTime(seconds: $0.seconds, precision: .second, isZoneKnown: true)
        }
        entry.permissions = facts.permissions
        entry.mode = facts.mode
        entry.owner = facts.owner
        entry.group = facts.group
        entry.linkTarget = facts.linkTarget
        entry.unique = facts.unique
        entry.facts = facts.list
        return entry
    }
}

enum EPLFListing {
    static func entry(of line: [UInt8]) -> ListingEntry? {
        guard line.first == UInt8(ascii: "+"), let tab = line.firstIndex(of: UInt8(ascii: "\t")), tab + 1 < line.count
        else { return nil }
        var entry = ListingEntry(name: Array(line[(tab + 1)...]), kind: .unknown)
        for fact in line[1..<tab].split(separator: UInt8(ascii: ",")) {
            let value = fact.dropFirst()
            switch fact.first {
            case UInt8(ascii: "/"): entry.kind = .directory
            case UInt8(ascii: "r"): if entry.kind == .unknown { entry.kind = .file }
            case UInt8(ascii: "s"): entry.size = ASCII.number(value)
            case UInt8(ascii: "i"): entry.unique = displayText(value)
            case UInt8(ascii: "m"):
                // A number beyond the year 9999 is no time.
                guard let seconds = ASCII.number(value, as: Int64.self), seconds <= FTPTime.latest else { continue }
                entry.modified = ListingTime(seconds: seconds, precision: .second, isZoneKnown: true)
            case UInt8(ascii: "u") where value.first == UInt8(ascii: "p"):
                entry.mode = UInt16(displayText(value.dropFirst()), radix: 8).flatMap { $0 <= 0o7777 ? $0 : nil }
            default: break
            }
        }
        return entry
    }
}
