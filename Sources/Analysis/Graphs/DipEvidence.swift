/// What was going on while a rate was low.
package struct DipEvidence: Sendable {
    /// How often a problem was seen, from the frame before the dip to the frame after it, and in which frames at first.
    package struct Finding: Sendable {
        package let problem: TCPProblem
        package internal(set) var count = 0
        package internal(set) var frames: [UInt32] = []

        static let limit = 8
    }

    package internal(set) var findings: [Finding] = []
    /// How long, in nanoseconds, each kind of waiting lasted.
    package internal(set) var waits: [Cause: Int64] = [:]
    /// The FTP commands whose replies were waited for.
    package internal(set) var replies: [ReplyWait] = []

    /// What is waited for, the gravest first.
    package enum Cause: String, Sendable, CaseIterable {
        /// A repeated segment, or the acknowledgment of one.
        case loss
        /// The receiver's window, which is closed or full.
        case receiver
        /// Acknowledgments of what is in flight: the path.
        case path
        /// A reply of the FTP server, while no data moves.
        case serverReply
        /// The next transfer: commands and silence between two of them.
        case betweenTransfers
        /// Somebody who could send, and does not: nothing is in flight and the window is open.
        case application
    }

    /// A command that had no reply yet.
    package struct ReplyWait: Sendable {
        package let session: Int
        /// The session's steps.
        package let commandStep: Int
        package let commandFrame: UInt32
        package let replyFrame: UInt32
        /// How much of the dip it was waited.
        package let wait: Int64
    }

    /// What lasted longest.
    package var dominant: Cause {
        // Equal spans: the graver one.
        let longest = waits.values.max() ?? 0
        return Cause.allCases.first { longest > 0 && waits[$0] == longest } ?? .application
    }

    mutating func note(_ problem: TCPProblem, _ frame: UInt32) {
        let place = findings.firstIndex { $0.problem == problem } ?? findings.count
        if place == findings.count { findings.append(Finding(problem: problem)) }
        findings[place].count += 1
        if findings[place].frames.count < Finding.limit { findings[place].frames.append(frame) }
    }
}
