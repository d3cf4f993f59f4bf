import Foundation
import Testing

/// What `wharf analyze` tells of captures, or recordings, of sessions.
struct ToldStory {
    private let captures: [String]
    private let document: [String: Any]

    init(_ captures: [String], _ location: SourceLocation = #_sourceLocation) throws {
        self.captures = captures
        let run = try wharf(["analyze", "--json"] + captures)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)", sourceLocation: location)
        document = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], sourceLocation: location)
    }

    /// What the server has written into a folder.
    init(recordsIn folder: String, _ location: SourceLocation = #_sourceLocation) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        try self.init(names.map { "\(folder)/\($0)" }, location)
    }

    private func list(_ name: String) -> [[String: Any]] { document[name] as? [[String: Any]] ?? [] }
    var sessions: [[String: Any]] { list("sessions") }
    var transfers: [[String: Any]] { list("transfers") }
    var files: [[String: Any]] { list("files") }

    /// What is amiss with sessions that went well; empty where all is told as it was.
    ///
    /// - Parameter states: what else than complete a transfer may be, because the client cuts it or asks for nothing
    ///   that is there.
    func faults(besides states: Set<String> = []) throws -> [String] {
        var faults: [String] = []
        let problems = (document["capture"] as? [String: Any])?["problems"] as? [String]
        if problems != [] { faults.append("problems: \(problems ?? [])") }
        for session in sessions {
            if session["missing_bytes"] as? Int != 0 { faults.append("a control connection lacks bytes") }
            if session["has_beginning"] as? Bool != true { faults.append("a session has no beginning") }
            for step in session["steps"] as? [[String: Any]] ?? []
            where step["kind"] as? String == "unreadable" || step["kind"] as? String == "gap" {
                faults.append("\(step["kind"] ?? ""): \(step["text"] ?? "")")
            }
            let outcome = session["outcome"] as? String ?? ""
            if !["quit", "closed_by_client", "reset_by_client"].contains(outcome) {
                faults.append("outcome \(outcome)")
            }
        }
        for transfer in transfers {
            let name = "\(transfer["verb"] ?? "") \(transfer["path"] ?? "")"
            let state = transfer["state"] as? String ?? ""
            if state != "complete", !states.contains(state) {
                faults.append("\(name) is \(state): \(transfer["cause"] ?? ""), \(transfer["reply_text"] ?? "")")
            }
            if transfer["content_damaged"] as? Bool == true { faults.append("\(name) is damaged") }
            if transfer["data_connection_inferred"] != nil { faults.append("\(name) was guessed") }
            let data = transfer["data"] as? [String: Any]
            if let data, data["missing_bytes"] as? Int != 0 { faults.append("\(name) lacks bytes") }
        }
        // From warnings on; that a receiver is slower than its sender, or was so busy that the sender sent again what had
        // come (a D-SACK, RFC 2883), is none of a session's faults.
        for capture in captures {
            let found = try wharf(
                "read", "-r", capture, "-Y",
                "_ws.expert.severity >= 0x600000 && !tcp.analysis.window_full && !tcp.analysis.zero_window"
                    + " && !tcp.options.sack.dsack")
            if found.status != 0 || !found.output.isEmpty { faults.append("\(found.output)\(found.errors)") }
        }
        let text = try wharf(["analyze"] + captures)
        if text.status != 0 || !text.errors.isEmpty { faults.append("the text: \(text.errors)") }
        for word in ["cut", "aborted", "refused", "blocked"] where !states.contains(word) {
            for line in text.output.split(separator: "\n") where line.hasPrefix("╭") && line.contains(word) {
                faults.append(String(line))
            }
        }
        return faults
    }

    /// Whether a file is told as it is, all of it, from whatever transfers it came.
    func has(_ path: String, _ direction: String, like file: String) throws -> Bool {
        let sum = String(try Spawned.run("sha256sum", file).output.prefix(64))
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        return files.contains { told in
            told["path"] as? String == path && told["direction"] as? String == direction
                && told["size"] as? Int == size && told["whole"] as? Bool == true
                && (told["digests"] as? [String: String])?["sha256"] == sum
        }
    }
}
