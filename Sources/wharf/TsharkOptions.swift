import ArgumentParser

/// Options of tshark's that change little here, or nothing, and those that Wharf cannot follow: each says what it can do.
struct TsharkOptions: ParsableArguments {
    @Option(
        name: .customShort("S", allowingJoined: true), parsing: .unconditional,
        help: ArgumentHelp("The line behind each frame with -V, -O and -x.", valueName: "separator"))
    var separator: String?

    @Option(
        name: .customShort("N", allowingJoined: true),
        help: ArgumentHelp(
            "Which names to show: m those of stations, d and n those of hosts that the capture tells (-z hosts).",
            valueName: "letters"))
    var names: String?

    @Option(
        name: .customShort("u", allowingJoined: true),
        help: ArgumentHelp("How seconds are written: s, which is how they are.", valueName: "s"))
    var seconds: String?

    @Option(
        name: .customShort("d", allowingJoined: true),
        help: ArgumentHelp(
            "Accepted for ftp, ftp-data and tls on TCP ports, which Wharf finds by what is said on any port.",
            valueName: "tcp.port==PORT,PROTOCOL"))
    var decodeAs: [String] = []

    @Option(
        name: .customShort("o", allowingJoined: true),
        help: ArgumentHelp(
            "A preference of Wireshark's: accepted where it says what Wharf does.", valueName: "name:value"))
    var preferences: [String] = []

    @Option(name: .customShort("R", allowingJoined: true), parsing: .unconditional, help: .hidden)
    var readFilter: String?

    @Option(name: .customShort("a", allowingJoined: true), help: .hidden)
    var autostop: [String] = []

    @Option(name: .customShort("s", allowingJoined: true), help: .hidden)
    var snapLength: String?

    @Option(name: .customShort("i", allowingJoined: true), help: .hidden)
    var interface: [String] = []

    @Option(name: .customShort("f", allowingJoined: true), help: .hidden)
    var captureFilter: String?

    @Option(name: .customShort("b", allowingJoined: true), help: .hidden)
    var ringBuffer: [String] = []

    @Option(name: .customShort("B", allowingJoined: true), help: .hidden)
    var bufferSize: String?

    @Option(name: .customShort("G", allowingJoined: true), help: .hidden)
    var report: String?

    @Flag(name: .customShort("v"), help: .hidden)
    var showsVersion = false

    var namesStations: Bool { names?.contains("m") ?? true }
    var namesHosts: Bool { names?.contains { "dn".contains($0) } ?? true }

    func validate() throws {
        if readFilter != nil {
            throw ValidationError("-R is not offered: -Y selects frames, and -w writes them to a file")
        }
        if showsVersion { throw CleanExit.message("wharf \(Wharf.configuration.version)") }
        if report != nil { throw ValidationError("-G is not offered: wharf fields lists the fields") }
        if !ringBuffer.isEmpty || bufferSize != nil {
            throw ValidationError("-b and -B are for captures that are being made: wharf capture")
        }
        if !autostop.isEmpty { throw ValidationError("-a ends a capture that is made: wharf capture; -c ends reading") }
        if !interface.isEmpty || captureFilter != nil || snapLength != nil {
            throw ValidationError("-i, -f and -s are for captures that are being made: wharf capture")
        }
        if let seconds, seconds != "s" {
            throw ValidationError(
                seconds == "hms"
                    ? "-u hms is not offered: Wharf writes seconds (-u s)"
                    : "-u \(seconds): it must be one of s (seconds) and hms, and Wharf has s")
        }
        try checkNames()
        for choice in decodeAs { try check(decodeAs: choice) }
        for preference in preferences { try check(preference) }
    }

    private func checkNames() throws {
        for letter in names ?? "" {
            switch letter {
            case "m", "d", "n", "v", "g", "s": break
            case "N": throw ValidationError("-N N would ask servers for names, and Wharf never sends anything")
            case "t": throw ValidationError("-N t is not offered: Wharf shows ports by their numbers")
            default:
                throw ValidationError(
                    "-N \(letter): the letters are m (stations), d and n (hosts that the capture tells), "
                        + "and v, g and s, of which Wharf has no names")
            }
        }
    }

    private func check(decodeAs choice: String) throws {
        guard let comma = choice.firstIndex(of: ","), let equals = choice.firstRange(of: "=="),
            equals.lowerBound < comma
        else { throw ValidationError("-d \(choice): expected tcp.port==PORT,PROTOCOL") }
        let name = choice[choice.index(after: comma)...]
        guard choice[..<equals.lowerBound] == "tcp.port", ["ftp", "ftp-data", "tls"].contains(name) else {
            throw ValidationError(
                "-d \(choice): Wharf goes by what is said, not by ports; -d is only accepted as "
                    + "tcp.port==PORT,PROTOCOL with ftp, ftp-data or tls, which it finds on any port")
        }
    }

    /// What Wharf does, in Wireshark's words.
    private static let ways = [
        "ip.check_checksum": "FALSE", "ip.defragment": "TRUE", "ipv6.defragment": "TRUE",
        "nameres.network_name": "FALSE", "nameres.transport_name": "FALSE",
        "nameres.use_external_name_resolver": "FALSE", "tcp.analyze_sequence_numbers": "TRUE",
        "tcp.calculate_timestamps": "TRUE", "tcp.check_checksum": "FALSE", "tcp.desegment_tcp_streams": "TRUE",
        "tcp.track_bytes_in_flight": "TRUE",
        "tls.desegment_ssl_application_data": "TRUE", "tls.desegment_ssl_records": "TRUE",
        "udp.check_checksum": "FALSE",
    ]

    private static let relativeNumbers = "tcp.relative_sequence_numbers"

    /// Whether TCP's sequence numbers are counted from the beginning of each stream; the last word counts.
    var countsFromBeginning: Bool {
        let last = preferences.last { $0.hasPrefix(Self.relativeNumbers + ":") }
        return last.map { !$0.uppercased().hasSuffix("FALSE") } ?? true
    }

    private func check(_ preference: String) throws {
        guard let colon = preference.firstIndex(of: ":") else {
            throw ValidationError("-o \(preference): a preference is given as name:value")
        }
        let name = String(preference[..<colon])
        let value = preference[preference.index(after: colon)...].drop { $0 == " " }.uppercased()
        if name == Self.relativeNumbers, ["TRUE", "FALSE"].contains(value) { return }
        guard let way = Self.ways[name] else {
            throw ValidationError(
                "-o \(name): Wharf has no such preference; it is accepted, where it says what Wharf does, for "
                    + (Self.ways.keys + [Self.relativeNumbers]).sorted().joined(separator: ", "))
        }
        guard value == way else { throw ValidationError("-o \(preference): Wharf can only do \(name):\(way)") }
    }
}
