import FTPServer
import Foundation

/// Configurations: those of the manual, mutated by bytes and by lines.
package struct SettingsSubject: Subject {
    private let lines: [String]
    private let number: UInt64

    /// - Parameter manual: a page that has a configuration in a block of YAML.
    package init(manual: String, number: UInt64) {
        let block = manual.components(separatedBy: "```yaml\n").dropFirst().first ?? ""
        lines = block.components(separatedBy: "```")[0].split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        self.number = number
    }

    private static let values = [
        "", "none", "~", "true", "no", "-1", "0", "1e99", "nan", "0x7fffffffffffffff", "9223372036854775808", "\"",
        "'a'", "[]", "{}", "[a, [b]]", "{a: b}", "&a [*a]", "*a", "!!binary aGk=", "!!int x", "|", ">", "1.5 GB",
        "-5 MB", "inf MB", "99999999999 TB", "*:21", "[::1]:99999", "0:0", "50000-40000", "0-65535", "1-", "\"999\"",
        "\"077777\"", "list", "all none", "\"/x: all\"", "[\"/x\"]", "\u{0}", "\u{FEFF}", "? ", "<<: *a", "- x", "%TAG",
    ]

    package func mutant(_ index: Int) -> (bytes: [UInt8], origin: String) {
        var dice = Dice(seed: number, index: index)
        var lines = lines
        for _ in 0...dice.roll(dice.pick([2, 6, 30])) where !lines.isEmpty {
            let place = dice.roll(lines.count)
            switch dice.roll(6) {
            case 0: lines.remove(at: place)
            case 1: lines.insert(dice.pick(lines), at: place)
            case 2: lines.swapAt(place, dice.roll(lines.count))
            case 3: lines[place] = String(repeating: " ", count: dice.roll(5)) + lines[place]
            default:
                let name = lines[place].prefix { $0 != ":" }
                lines[place] = "\(name): \(dice.pick(Self.values))"
            }
        }
        var bytes = Array(lines.joined(separator: "\n").utf8)
        if dice.isLucky(in: 3) {
            for _ in 0...dice.roll(4) { dice.pick(RawMutation.allCases).apply(to: &bytes, &dice) }
        }
        return (bytes, "configuration")
    }

    package func run(_ bytes: [UInt8]) -> [String] {
        do throws(SettingsError) {
            _ = try ServerSettings(path: "wharf.yaml", text: String(decoding: bytes, as: UTF8.self))
            return []
        } catch {
            return error.description.hasPrefix("wharf.yaml")
                ? [] : ["no place in \(error.description.debugDescription)"]
        }
    }
}
