import Dissection
import Analysis

/// `-z plen,tree` and the other trees of counters.
struct TreeStatistic: Statistic {
    private let counter: TreeTap
    var tap: (any FrameTap)? { counter }
    private var tree: StatisticsTree { counter.tree }

    init(_ kind: TreeKind, _ condition: (any FrameTest)?) {
        counter = TreeTap(kind, condition)
    }

    private static let columns = [
        "Count", "Average", "Min Val", "Max Val", "Rate (ms)", "Percent", "Burst Rate", "Burst Start",
    ]

    func write(_ write: (String) -> Void) {
        let rows = sorted
        let heading = "Topic / Item"
        // The tree itself stands one step to the left of its items, and its name has to fit as well.
        let title = (counter.kind.title.split(separator: "/").last ?? "").utf8.count - 1
        let width = rows.reduce(max(heading.utf8.count, title)) { max($0, name($1).utf8.count) } + 2
        let header = line(heading, Self.columns, width)
        write("")
        write(String(repeating: "=", count: header.utf8.count))
        write("\(counter.kind.title):")
        write(header)
        write(String(repeating: "-", count: header.utf8.count))
        for row in rows { write(line(name(row), values(row), width)) }
        write("")
        write(String(repeating: "-", count: header.utf8.count))
    }

    private func line(_ name: String, _ values: [String], _ width: Int) -> String {
        name.left(width) + values.dropLast().map { $0.left(14) }.joined() + (values.last ?? "").left(13)
    }

    private func name(_ row: Row) -> String { .spaces(row.depth) + row.node.key.name }

    private func values(_ row: Row) -> [String] {
        let node = row.node
        let isRoot = node.parent < 0
        var values = [String(node.count)]
        if counter.kind == .packetLengths, node.count > 0 {
            values += [
                Printf.fixed(Double(Float(node.sum) / Float(node.count)), 2), "\(node.minimum)", "\(node.maximum)",
            ]
        } else if counter.kind == .packetLengths, !isRoot {
            values += ["-", "-", "-"]
        } else {
            values += ["", "", ""]
        }
        values.append(tree.elapsed > 0 ? Printf.fixed(Double(node.count) / tree.elapsed, 4) : "")
        if isRoot {
            values.append("100%")
        } else {
            let whole = tree.nodes[node.parent].count
            values.append(whole > 0 ? Printf.fixed(Double(node.count) * 100 / Double(whole), 2) + "%" : "")
        }
        let bursts = node.bursts
        return values
            + (bursts.largest > 0
                ? [Printf.fixed(Double(bursts.largest) / BurstMeter.window, 4), Printf.fixed(bursts.start / 1000, 3)]
                : ["-", "-"])
    }

    private struct Row {
        let node: StatisticsTree.Node
        let depth: Int
    }

    /// Depth first: the most frequent first, among equals the one that comes last in the alphabet. Ranges stay in order.
    private var sorted: [Row] {
        let children = Dictionary(grouping: tree.nodes.indices) { tree.nodes[$0].parent }
        var rows: [Row] = []
        func append(childrenOf parent: Int, _ depth: Int) {
            let order = (children[parent] ?? []).sorted { left, right in
                let (a, b) = (tree.nodes[left], tree.nodes[right])
                if counter.kind == .packetLengths { return left < right }
                if a.count != b.count { return a.count > b.count }
                return a.key.name.utf8.lexicographicallyPrecedes(b.key.name.utf8) == false && a.key != b.key
            }
            for child in order {
                rows.append(Row(node: tree.nodes[child], depth: depth))
                append(childrenOf: child, depth + 1)
            }
        }
        append(childrenOf: -1, 0)
        return rows
    }

    var document: any Encodable {
        sorted.map { row in
            let hasValues = counter.kind == .packetLengths && row.node.count > 0
            return TreeDocument(
                depth: row.depth, item: row.node.key.name, count: row.node.count,
                average: hasValues ? Double(row.node.sum) / Double(row.node.count) : nil,
                minimum: hasValues ? row.node.minimum : nil, maximum: hasValues ? row.node.maximum : nil,
                ratePerSecond: tree.elapsed > 0 ? Double(row.node.count) * 1000 / tree.elapsed : nil)
        }
    }
}

private struct TreeDocument: Encodable {
    let depth: Int
    let item: String
    let count: UInt64
    let average: Double?
    let minimum: UInt64?
    let maximum: UInt64?
    let ratePerSecond: Double?
}
