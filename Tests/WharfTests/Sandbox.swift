import Foundation
import Testing

/// A namespace of the network, in which tests may do everything.
enum Sandbox {
    /// Why there is none.
    static let reason: String? = {
        let missing = Spawned.missing("ip", "mount", "umount")
        if !missing.isEmpty { return "\(missing) not installed" }
        let probe = "wharf-probe-\(getpid())"
        guard (try? Spawned.run("ip", "netns", "add", probe).status) == 0 else {
            return "namespaces of the network may not be made here"
        }
        _ = try? Spawned.run("ip", "netns", "del", probe)
        return nil
    }()

    /// A folder, and a namespace with a loopback interface and two that are connected, `wa` and `wb`.
    static func with(_ body: (_ folder: String, _ space: String) throws -> Void) throws {
        let space = "wharf-\(UUID().uuidString.prefix(8))"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(space)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Spawned.run("ip", "netns", "add", space)
        defer { _ = try? Spawned.run("ip", "netns", "del", space) }
        for command in [
            ["link", "set", "lo", "up"], ["link", "add", "wa", "type", "veth", "peer", "name", "wb"],
            ["link", "set", "wa", "up"], ["link", "set", "wb", "up"],
        ] {
            let status = try run(space, ["ip"] + command)
            #expect(status == 0)
        }
        try body(folder.path, space)
    }

    /// Before a command: what several processors send to themselves may come out of order, and then it is told so.
    static var onOneProcessor: [String] {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let allowed = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") } ?? "0"
        let first = allowed.split { !$0.isNumber }.first ?? "0"
        return Spawned.missing("taskset").isEmpty ? ["taskset", "-c", String(first)] : []
    }

    static func capture(_ space: String, _ arguments: String..., environment: [String: String] = [:]) throws -> Spawned
    {
        let program = try Spawned(
            URL(fileURLWithPath: try Spawned.find("ip")),
            ["netns", "exec", space, program.path, "capture"] + arguments, environment: environment)
        let isCapturing = program.says("capturing on")
        #expect(isCapturing)
        return program
    }

    /// Runs a program in a namespace to its end.
    static func run(_ space: String, _ command: [String]) throws -> Int32 {
        try Spawned(URL(fileURLWithPath: try Spawned.find("ip")), ["netns", "exec", space] + command).finish()
    }
}
