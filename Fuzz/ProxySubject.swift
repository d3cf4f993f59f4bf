import Transport

/// Headers of load balancers, mutated, read byte by byte as they come.
package struct ProxySubject: Subject {
    private let number: UInt64

    package init(number: UInt64) { self.number = number }

    private static let seeds: [[UInt8]] = {
        let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10]
        return [
            Array("PROXY TCP4 192.0.2.1 198.51.100.1 40000 21\r\nUSER ftp\r\n".utf8),
            Array("PROXY TCP6 2001:db8::1 ::1 40000 21\r\n".utf8), Array("PROXY UNKNOWN\r\n".utf8),
            Array("PROXY UNKNOWN ffff:f...f:ffff 1 2 3\r\n".utf8),
            signature + [0x21, 0x11, 0, 12, 192, 0, 2, 1, 198, 51, 100, 1, 0x9C, 0x40, 0, 21],
            signature + [0x21, 0x21, 0, 36] + [UInt8](repeating: 0x20, count: 32) + [0x9C, 0x40, 0, 21],
            signature + [0x20, 0, 0, 0], signature + [0x21, 0x31, 0, 216] + [UInt8](repeating: 0x2F, count: 216),
            signature + [0x21, 0x11, 0, 15, 192, 0, 2, 1, 198, 51, 100, 1, 0x9C, 0x40, 0, 21, 4, 0, 0],
        ]
    }()

    package func mutant(_ index: Int) -> (bytes: [UInt8], origin: String) {
        var dice = Dice(seed: number, index: index)
        var bytes = dice.pick(Self.seeds)
        for _ in 0..<dice.roll(6) { dice.pick(RawMutation.allCases).apply(to: &bytes, &dice) }
        return (Array(bytes.prefix(5000)), "header")
    }

    package func run(_ bytes: [UInt8]) -> [String] {
        var faults: [String] = []
        var answer = ProxyProtocol.Reading.partial
        for count in 0...bytes.count {
            let reading = ProxyProtocol.read(Array(bytes.prefix(count)))
            if answer != .partial, reading != answer {
                faults.append("after \(count) bytes it is read anew: \(reading)")
            }
            if case .header(_, let length) = reading, length > count { faults.append("a header beyond its end") }
            answer = reading
            if faults.count > 3 { break }
        }
        if answer == .partial, bytes.count > 4200 { faults.append("it waits for more after \(bytes.count) bytes") }
        return faults
    }
}
