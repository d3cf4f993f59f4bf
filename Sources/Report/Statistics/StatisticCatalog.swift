import Dissection
import Analysis
package import DisplayFilter
package import FTPProtocol

/// Every statistic by its name: tshark's for those that it has.
package struct StatisticCatalog {
    /// What to make of a request beside its name.
    package struct Options: Sendable {
        package var language = Language.en
        /// Whether the names that the capture tells are used.
        package var looksUpNames = true
        package var showsSecrets = false
        /// Whether to say what Wharf knows beyond tshark's text.
        package var isOwn = false
        /// Which frames count, beside what a statistic itself says.
        package var condition: DisplayFilter?
        /// Told of each filter that a statistic is given.
        package var observesFilter: (@Sendable (DisplayFilter) -> Void)?
        package var macros = FilterMacros()

        package init() {}
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// A name that can be asked for, and what may follow it.
    private static let entries: [(name: String, rest: String)] =
        StationKind.allCases.map { ("conv,\($0.rawValue)", "[,filter]") }
        + StationKind.allCases.map { ("endpoints,\($0.rawValue)", "[,filter]") }
        + [
            ("io,phs", "[,filter]"), ("io,stat", ",interval[,filter | ,CALC(field)filter]..."),
            ("expert", "[,error|,warn|,note|,chat|,comment][,filter]"),
        ] + TreeKind.allCases.map { ($0.rawValue, "[,filter]") } + [
            ("hosts", "[,ipv4][,ipv6]"), ("credentials", ""),
            ("follow,tcp", ",ascii|hex|raw|yaml|utf-8|ebcdic,STREAM|ADDR:PORT,ADDR:PORT[,range]"),
        ]

    /// Those that tshark has nothing like.
    private static let own = ["overview", "ftp"]

    /// One line for each name, for help and errors.
    package static var summary: [String] { entries.map { $0.name + $0.rest } }
    package static var ownNames: [String] { own }

    /// Whether `text` begins with the name of a statistic.
    package static func knows(_ text: String) -> Bool {
        own.contains(text) || entries.contains { text == $0.name || text.hasPrefix($0.name + ",") }
    }

    private let options: Options

    package init(_ options: Options) {
        self.options = options
    }

    /// Makes a statistic of a source: what is wrong with a request is said before anything is read.
    package typealias Maker = (StatisticsSource) throws -> any Statistic

    /// What `text` asks for: `conv,tcp`, `io,stat,1,tcp`.
    package func maker(_ text: String) throws -> Maker {
        let options = options
        if options.isOwn {
            switch text {
            case "overview": return { OverviewStatistic($0, options) }
            case "ftp": return { FTPStatistic($0, options) }
            case "credentials": return { LoginStatistic($0, options) }
            default: break
            }
        }
        guard let (name, _) = Self.entries.first(where: { text == $0.name || text.hasPrefix($0.name + ",") }) else {
            let known = Self.summary + (options.isOwn ? Self.own : [])
            throw Failure(
                description: "there is no statistic \"\(displayText(text.utf8))\"; there are:\n"
                    + known.map { "  \($0)" }.joined(separator: "\n"))
        }
        if options.condition != nil, name == "follow,tcp" || name == "hosts" {
            throw Failure(description: "\(name) does not count frames: -Y does not go with it")
        }
        if name == "follow,tcp" {
            let tap = try FollowTap(text)
            return { FollowStatistic(tap, $0) }
        }
        let rest = text == name ? nil : String(text.dropFirst(name.count + 1))
        let filter = ["io,stat", "expert", "hosts"].contains(name) ? nil : rest
        let condition = try condition(filter ?? "")
        switch name {
        case "io,phs": return { [options] _ in HierarchyStatistic(condition, hasNotes: !options.isOwn) }
        case "io,stat": return try intervals(rest ?? "")
        case "expert": return try expert(rest)
        case "hosts": return try hosts(rest)
        case "credentials": return { CredentialStatistic($0) }
        default: break
        }
        if let kind = TreeKind(rawValue: name) { return { _ in TreeStatistic(kind, condition) } }
        let parts = name.split(separator: ",")
        guard parts.count == 2, let kind = StationKind(rawValue: String(parts[1])) else {
            throw Failure(description: "there is no statistic \"\(displayText(text.utf8))\"")
        }
        return parts[0] == "conv"
            ? { ConversationStatistic(kind, condition, $0) } : { EndpointStatistic(kind, condition, $0) }
    }

    /// What a statistic itself says, and what is said of all.
    private func condition(_ text: String) throws -> (any FrameTest)? {
        guard !text.isEmpty else { return options.condition }
        let own = try filter(text)
        return options.condition.map { JointTest($0, own) } ?? own
    }

    private func filter(_ text: String) throws(FilterError) -> DisplayFilter {
        let filter = try DisplayFilter(text, macros: options.macros)
        options.observesFilter?(filter)
        return filter
    }

    private func expert(_ rest: String?) throws -> Maker {
        var words = rest?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        var lowest = Severity.comment
        if let first = words.first, let severity = Severity(rawValue: first.lowercased()) {
            lowest = severity
            words.removeFirst()
        }
        let filter = words.joined(separator: ",")
        let condition = try condition(filter)
        return { [options, lowest] in
            ExpertStatistic(
                lowest, condition, listsFrames: options.isOwn, options.isOwn ? options.language : .en, $0)
        }
    }

    private func hosts(_ rest: String?) throws -> Maker {
        var families = Set<HostStatistic.IPFamily>()
        for word in rest?.split(separator: ",") ?? [] {
            switch word {
            case "ip", "ipv4": families.insert(.v4)
            case "ipv6": families.insert(.v6)
            default: throw Failure(description: "hosts: \"\(displayText(word.utf8))\" is neither ipv4 nor ipv6")
            }
        }
        let wanted = families.isEmpty ? [.v4, .v6] : families
        return { [options] in HostStatistic(wanted, looksUpNames: options.looksUpNames, $0) }
    }

    private func intervals(_ rest: String) throws -> Maker {
        let words = rest.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard let first = words.first, let interval = Interval(first) else {
            throw Failure(
                description: "io,stat takes an interval in seconds: io,stat,interval[,filter][,CALC(field)filter]...")
        }
        let columns = try (words.count > 1 ? Array(words.dropFirst()) : [""]).map {
            try IntervalColumn($0) { try filter($0) }
        }
        return { [options] source in
            let rows = interval.microseconds == 0 ? 1 : source.duration / interval.microseconds
            guard rows <= IntervalTap.maximumRows else {
                throw Failure(
                    description: "io,stat: an interval of \(first) seconds would make \(rows) rows; the capture lasts "
                        + "\(source.duration / 1_000_000) seconds, so take \(source.duration / 1_000_000_000 + 1) or more"
                )
            }
            return IntervalStatistic(
                interval: interval.microseconds, precision: interval.precision, columns, options.condition)
        }
    }
}

/// Two questions that both have to be answered with yes.
private struct JointTest: FrameTest {
    let first: DisplayFilter
    let second: DisplayFilter
    var text: String { "(\(first.text)) and (\(second.text))" }
    var needs: FrameNeeds { first.needs.union(second.needs) }

    var requirement: FrameRequirement {
        var requirement = first.requirement
        requirement.protocols += second.requirement.protocols
        requirement.findings = requirement.findings ?? second.requirement.findings
        return requirement
    }

    init(_ first: DisplayFilter, _ second: DisplayFilter) { (self.first, self.second) = (first, second) }

    func holds(for frame: borrowing DissectedFrame) -> Bool { first.holds(for: frame) && second.holds(for: frame) }
}

/// An interval as it was written.
private struct Interval {
    let microseconds: UInt64
    /// Decimals to print times with.
    let precision: Int

    init?(_ text: String) {
        guard let seconds = Double(text), seconds >= 0, seconds < 1e9 else { return nil }
        microseconds = UInt64((seconds * 1e6).rounded())
        guard microseconds > 0 || seconds == 0 else { return nil }
        var decimals = 6
        var fraction = microseconds % 1_000_000
        // Whole seconds with a decimal point are printed with all decimals.
        if fraction == 0 {
            decimals = text.contains(".") ? 6 : 0
        } else {
            while fraction % 10 == 0 {
                fraction /= 10
                decimals -= 1
            }
        }
        precision = decimals
    }
}
