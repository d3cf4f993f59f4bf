import Bytes
import Dissection

extension FrameScan {
    /// The frames that meet a condition, and what ``FrameNeeds/carried`` comes to for them.
    func select(
        _ condition: any FrameTest, _ needs: FrameNeeds, _ around: Surroundings, _ candidates: FrameSelection?,
        isThreaded: Bool
    ) -> (FrameSelection, FrameNeeds) {
        struct Part {
            var frames: [(index: UInt32, stream: UInt32?)] = []
            var carried = FrameNeeds()
        }
        let (index, table, context, options) = (index, around.table, around.context, options)
        @Sendable func take(_ found: borrowing FoundFrame, into part: inout Part) {
            var holds = false
            index.withDissectedFrame(found, context) { holds = condition.holds(for: $0) }
            guard holds else { return }
            part.frames.append((found.facts.frame.index, found.facts.stream))
            part.carried.formUnion(Self.carried(found, needs))
        }
        var parts: [Part]
        if needs.isDisjoint(with: [.sequences, .datagrams, .echoes]) {
            parts = Concurrent.map(index.frames.indices, pieces: 16 * Self.batchSize) { range in
                var part = Part()
                var completion = FrameCompletion(index, needs, table, options, from: range.lowerBound)
                index.forEachFrame(follows: false, wanted: candidates, in: range) { frame, bytes, found in
                    completion.complete(&found, frame, bytes)
                    take(found, into: &part)
                }
                return part
            }
        } else {
            parts = [Part()]
            forEachFrame(needs, table, candidates, isThreaded: isThreaded) { take($0, into: &parts[0]) }
        }
        var selection = FrameSelection()
        for part in parts {
            for frame in part.frames { selection.insert(frame.index, stream: frame.stream) }
        }
        return (selection, parts.reduce(into: []) { $0.formUnion($1.carried) })
    }

    /// What ``FrameNeeds/carried`` comes to for a frame of which `known` has been found out.
    private static func carried(_ found: borrowing FoundFrame, _ known: FrameNeeds) -> FrameNeeds {
        // Nobody reads what comes again.
        guard found.layers.has(.tcp), found.layers.payload.captured > 0,
            found.facts.tcp?.flags.isDisjoint(with: .repeated) ?? true
        else { return [] }
        guard known.contains(.application) else { return .sessions }
        return found.facts.application == .ftpData ? .sessions : .application
    }

    /// The frames that can meet a requirement, as far as the index can tell; nil where it cannot.
    func candidates(
        _ requirement: FrameRequirement, _ table: ApplicationTable?, _ needs: FrameNeeds
    ) -> FrameSelection? {
        guard needs.isDisjoint(with: [.datagrams, .echoes]) else { return nil }
        var selection = FrameSelection()
        if let findings = requirement.findings {
            for place in 0..<index.events.count where !index.events[place].flags.isDisjoint(with: findings) {
                insert(index.events[place].frame, into: &selection)
            }
            return selection
        }
        // What is above TCP is only there in streams that carry it, or, quoted and put together, in no stream at all.
        let upper: UInt64 = [ProtocolID.ftp, .ftpData, .tls].reduce(0) { $0 | $1.bit }
        let wanted = requirement.protocols.filter { $0 & ~upper == 0 }
        guard let table, !wanted.isEmpty else { return nil }
        let matches = index.streams.indices.map { stream in
            wanted.allSatisfy { table.protocols(of: stream) & $0 != 0 }
        }
        for number in index.frames.indices where index.frames[number].stream.map({ matches[$0] }) ?? false {
            insert(UInt32(truncatingIfNeeded: number), into: &selection)
        }
        return selection
    }

    private func insert(_ frame: UInt32, into selection: inout FrameSelection) {
        selection.insert(frame, stream: index.frames[Int(frame)].stream.map { UInt32(truncatingIfNeeded: $0) })
    }

    /// The selected frames, with those that tell about them where exchanges of datagrams are asked for.
    func wanted(_ selection: FrameSelection, _ needs: FrameNeeds) -> FrameSelection {
        guard !needs.isDisjoint(with: [.datagrams, .echoes]) else { return selection }
        var wanted = selection
        let isAsked = index.streams.indices.map { index.streams[$0].carriesDNS }
        for number in index.frames.indices where index.frames[number].stream.map({ isAsked[$0] }) ?? true {
            insert(UInt32(truncatingIfNeeded: number), into: &wanted)
        }
        return wanted
    }
}

extension TCPStream {
    /// Whether DNS may be spoken on it (RFC 7766 §5).
    fileprivate var carriesDNS: Bool { initiator.port == 53 || responder.port == 53 }
}
