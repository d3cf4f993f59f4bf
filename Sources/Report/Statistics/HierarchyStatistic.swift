import Dissection
import Analysis

/// `-z io,phs`.
struct HierarchyStatistic: Statistic {
    private let counter: HierarchyTap
    var tap: (any FrameTap)? { counter }

    init(_ condition: (any FrameTest)?, hasNotes: Bool) {
        counter = HierarchyTap(condition, hasNotes: hasNotes)
    }

    func write(_ write: (String) -> Void) {
        let rule = String(repeating: "=", count: 67)
        write("")
        write(rule)
        write("Protocol Hierarchy Statistics")
        write("Filter: \(counter.condition?.text ?? "")")
        write("")
        for row in counter.rows {
            let indentation = row.depth > 16 ? String.spaces(32) + "..." : String.spaces(2 * row.depth)
            write(
                (indentation + row.name).left(40) + " frames:\(row.traffic.frames) bytes:\(row.traffic.bytes)")
        }
        write(rule)
    }

    var document: any Encodable {
        counter.rows.map {
            HierarchyDocument(depth: $0.depth, protocol: $0.name, frames: $0.traffic.frames, bytes: $0.traffic.bytes)
        }
    }
}

private struct HierarchyDocument: Encodable {
    /// From 0 on; a row belongs to the last one before it that is less deep.
    let depth: Int
    let `protocol`: String
    let frames: UInt64
    let bytes: UInt64
}
