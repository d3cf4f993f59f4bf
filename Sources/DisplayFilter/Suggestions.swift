import Dissection

/// Names that somebody may have meant.
package enum Suggestions {
    /// The name that takes the fewest changes; nil if none is near.
    package static func nearest(to word: String) -> String? {
        let related = related(to: word)
        if !related.isEmpty { return related.joined(separator: " or ") }
        if let near = nearest(to: word, among: Registry.names + ProtocolID.allCases.map(\.name)) { return near }
        // `port` of any protocol.
        let ending = "." + word.lowercased()
        let names = Registry.names.filter { $0.hasSuffix(ending) }.sorted { $0.utf8.count < $1.utf8.count }.prefix(3)
        return names.isEmpty || word.utf8.count > 80 ? nil : names.joined(separator: " or ")
    }

    /// Names of the protocol that the word begins with: one that takes few changes, and the shortest of those of which a
    /// part is the rest of the word, begins with it, or can be abbreviated to it (`tcp.dport`, `ip.address`, `ftp.cmd`).
    private static func related(to word: String) -> [String] {
        guard word.utf8.count <= 80, let dot = word.firstIndex(of: ".") else { return [] }
        let group = word[...dot].lowercased()
        let rest = word[word.index(after: dot)...].lowercased()
        guard rest.utf8.count > 1 else { return [] }
        // Nobody has the deepest ones in mind.
        let names = Registry.names.filter { $0.hasPrefix(group) && $0.count { $0 == "." } <= 2 }
        func shortest(_ isMeant: (Substring) -> Bool) -> String? {
            let found = names.filter {
                $0.dropFirst(group.count).lowercased().split(separator: ".").contains(where: isMeant)
            }
            return found.min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        }
        let alike = nearest(to: word, among: names)
        let part =
            rest.contains(".")
            ? nil
            : shortest { $0 == rest } ?? shortest { $0.hasPrefix(rest) || $0.utf8.count > 2 && rest.hasPrefix($0) }
                ?? shortest { rest.first == $0.first && (isAbbreviation(rest, of: $0) || isAbbreviation($0, of: rest)) }
        return [alike, part].compactMap { $0 }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Whether leaving letters out of a word makes another one of at least three.
    private static func isAbbreviation(_ short: some StringProtocol, of long: some StringProtocol) -> Bool {
        guard short.utf8.count > 2, long.utf8.count <= 3 * short.utf8.count else { return false }
        var rest = short.utf8[...]
        for letter in long.utf8 where letter == rest.first { rest = rest.dropFirst() }
        return rest.isEmpty
    }

    /// The same of other names.
    static func nearest(to word: String, among names: [String]) -> String? {
        guard word.utf8.count <= 80, word.utf8.count >= 2 else { return nil }
        let wanted = Array(word.lowercased().utf8)
        var best: (name: String, distance: Int)?
        for name in names {
            let limit = min(best?.distance ?? .max, max(1, wanted.count / 4) + 1)
            let distance = distance(wanted, Array(name.lowercased().utf8), below: limit)
            if distance < limit { best = (name, distance) }
        }
        return best?.name
    }

    /// How many characters have to be put in, left out, exchanged or swapped with the next one; `limit` if more.
    private static func distance(_ a: [UInt8], _ b: [UInt8], below limit: Int) -> Int {
        guard abs(a.count - b.count) < limit else { return limit }
        var before: [Int] = []
        var previous = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
                row.append(cost)
            }
            (before, previous) = (previous, row)
        }
        return min(limit, previous[b.count])
    }
}
