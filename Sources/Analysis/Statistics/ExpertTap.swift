import Bytes
import CaptureFile
package import Dissection

/// Gathers what is remarkable about the frames of a capture, kind by kind.
package final class ExpertTap: FrameTap {
    package let condition: (any FrameTest)?
    /// What matters less is left out.
    package let lowest: Severity
    /// Duplicate ACKs are told apart by their number, which only following the stream gives.
    package var needs: FrameNeeds { .sequences }

    private var findings: [ExpertFinding] = []
    private var places: [ExpertKind: Int] = [:]
    private var comments: [UInt32: [String]]
    /// The places of the kinds that have no numbers in them, so that a frame costs no hashing of texts.
    private var fixedPlaces: [Int: Int] = [:]

    package init(_ capture: CaptureIndex, lowest: Severity = .comment, _ condition: (any FrameTest)? = nil) {
        self.lowest = lowest
        self.condition = condition
        comments = Dictionary(grouping: capture.metadata.comments) { UInt32(clamping: $0.frame) }
            .mapValues { $0.map(\.text) }
    }

    package func take(_ frame: borrowing DissectedFrame) {
        for comment in comments[frame.index] ?? [] {
            note(ExpertKind(.comment, comment, .comment, layer: "Frame"), frame.index)
        }
        inspectNetwork(frame)
        guard let analysis = frame.facts.tcp else { return }
        let header = Header<TCP>(frame.bytes, frame.layers[frame.layers.transport])
        if analysis.flags.contains(.synACK) {
            note(.acknowledge(header[.sourcePort]), frame.index)
        } else if analysis.flags.contains(.syn) {
            note(.synchronize(header[.destinationPort]), frame.index)
        }
        note(analysis.flags.intersection(Self.ofHeader), frame.index)
        inspectOptions(header.bytes, analysis.flags, frame)
        note(analysis.flags.subtracting(Self.ofHeader), frame.index)
        if analysis.flags.contains(.duplicateACK) { note(.duplicateACK(analysis.duplicateACKNumber), frame.index) }
    }

    /// Flags that are told before what the options say.
    private static let ofHeader: TCPAnalysis.Flags = [.reset, .fin, .finActive, .finPassive]

    private func note(_ flags: TCPAnalysis.Flags, _ frame: UInt32) {
        guard !flags.isEmpty else { return }
        for (number, entry) in ExpertKind.ofFlags.enumerated() where flags.contains(entry.flag) {
            for (part, kind) in entry.kinds.enumerated() where kind.severity >= lowest {
                let key = number * 4 + part
                if let place = fixedPlaces[key] {
                    findings[place].frames.append(frame)
                } else {
                    fixedPlaces[key] = note(kind, frame)
                }
            }
        }
    }

    private func inspectNetwork(_ frame: borrowing DissectedFrame) {
        frame.forEachLayer(.ipv4) { input in
            // A packet that an ICMP error quotes did not travel in the frame.
            guard !input.facts.isQuoted else { return }
            for row in IPv4.lifetimeFindings {
                guard let expertise = row.expertise else { continue }
                row.forEachValue(in: input) { value, range in
                    let text = row.line(of: value, range, in: input)
                    note(ExpertKind(expertise.severity, text, expertise.group, layer: "IPv4"), frame.index)
                }
            }
        }
    }

    private func inspectOptions(_ header: Bytes, _ flags: TCPAnalysis.Flags, _ frame: borrowing DissectedFrame) {
        let isSYN = header.u8(at: 13) & 2 != 0
        guard header.count > 20 else { return }
        let options = TCPOptions(header)
        if isSYN, header.u8(at: 13) & 0x10 == 0, options.maximumSegmentSize == nil {
            note(.segmentSizeAbsent, frame.index)
        } else if !isSYN, options.maximumSegmentSize != nil {
            note(.segmentSizePresent, frame.index)
        }
        guard header.u8(at: 13) & 0x10 != 0, options.sackCount > 0 else { return }
        // RFC 2883 §4: the first block repeats what is acknowledged, or what lies within the second block.
        let (first, acknowledged) = (options.sackBlocks[0], header.u32(at: 8))
        let isBelow = Int32(bitPattern: first.left &- acknowledged) < 0
        let isWithin =
            options.sackCount > 1 && Int32(bitPattern: first.left &- options.sackBlocks[1].left) >= 0
            && Int32(bitPattern: options.sackBlocks[1].right &- first.right) >= 0
        if isBelow || isWithin { note(.duplicateSACK, frame.index) }
    }

    @discardableResult
    private func note(_ kind: ExpertKind, _ frame: UInt32) -> Int? {
        guard kind.severity >= lowest else { return nil }
        if let place = places[kind] {
            findings[place].frames.append(frame)
            return place
        }
        places[kind] = findings.count
        findings.append(ExpertFinding(kind: kind, frames: [frame]))
        return findings.count - 1
    }

    /// The worst first; those of one severity in the order in which they were first seen.
    package var bySeverity: [(severity: Severity, findings: [ExpertFinding])] {
        Severity.allCases.compactMap { severity in
            let found = findings.filter { $0.kind.severity == severity }
            return found.isEmpty ? nil : (severity, found)
        }
    }
}
