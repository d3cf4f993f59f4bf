import Bytes
package import Dissection

/// How many frames and bytes each stack of protocols has, as a tree in the order in which its branches were first seen.
package final class HierarchyTap: FrameTap {
    package let condition: (any FrameTest)?
    /// Whether what tshark notes below FTP's layers has branches, too.
    private let hasNotes: Bool
    package var needs: FrameNeeds { .application }

    /// Flat: children are chained, because a protocol has few.
    private struct Branch {
        let item: HierarchyItem
        var traffic = Traffic()
        var firstChild = 0
        var nextSibling = 0
    }

    /// The first one is the root; 0 also says that there is none.
    private var branches = [Branch(item: .layer(.frame))]

    package init(_ condition: (any FrameTest)? = nil, hasNotes: Bool = true) {
        self.condition = condition
        self.hasNotes = hasNotes
    }

    package func take(_ frame: borrowing DissectedFrame) {
        var place = 0
        if frame.link == .raw { place = step(to: .raw, below: place, frame.length) }
        for slot in 0..<frame.carrier.count {
            guard let item = HierarchyItem(frame, slot) else { continue }
            place = step(to: item, below: place, frame.length)
        }
        if frame.completesDatagram {
            for slot in 0..<frame.layers.count {
                guard let item = HierarchyItem(frame.layers[slot].id) else { continue }
                place = step(to: item, below: place, frame.length)
            }
        } else if frame.isOpenFragment, !frame.carrier.has(.data) {
            place = step(to: .layer(.data), below: place, frame.length)
        }
        guard hasNotes else { return }
        for item in HierarchyItem.below(frame) { place = step(to: item, below: place, frame.length) }
    }

    private func step(to item: HierarchyItem, below parent: Int, _ length: UInt64) -> Int {
        var last = 0
        var child = branches[parent].firstChild
        while child != 0, branches[child].item != item {
            last = child
            child = branches[child].nextSibling
        }
        if child == 0 {
            child = branches.count
            branches.append(Branch(item: item))
            if last == 0 { branches[parent].firstChild = child } else { branches[last].nextSibling = child }
        }
        branches[child].traffic.count(length)
        return child
    }

    /// One line of the tree.
    package struct Row: Sendable {
        /// From 0 on.
        package let depth: Int
        /// As filters call it.
        package let name: String
        package let traffic: Traffic
    }

    /// Depth first.
    package var rows: [Row] {
        var rows: [Row] = []
        func append(childrenOf parent: Int, _ depth: Int) {
            var child = branches[parent].firstChild
            while child != 0 {
                let branch = branches[child]
                rows.append(Row(depth: depth, name: branch.item.name, traffic: branch.traffic))
                append(childrenOf: child, depth + 1)
                child = branch.nextSibling
            }
        }
        append(childrenOf: 0, 0)
        return rows
    }
}

/// What a branch of the hierarchy stands for: a layer, or something that tshark shows beside the layers.
enum HierarchyItem: Hashable, Sendable, BitwiseCopyable {
    case layer(ProtocolID)
    /// Captured without a link layer.
    case raw
    /// The service tag of 802.1ad.
    case serviceTag
    /// The snap length cut the frame short, or a header contradicts itself.
    case short, malformed
    /// What tshark notes of a control connection and of a data connection that it could tie to one.
    case directory, setupFrame, setupMethod, dataCommand, commandFrame, dataDirectory

    var name: String {
        switch self {
        case .layer(let id): id.name
        case .raw: "raw"
        case .serviceTag: "ieee8021ad"
        case .short: "_ws.short"
        case .malformed: "_ws.malformed"
        case .directory: "ftp.current-working-directory"
        case .setupFrame: "ftp-data.setup-frame"
        case .setupMethod: "ftp-data.setup-method"
        case .dataCommand: "ftp-data.command"
        case .commandFrame: "ftp-data.command-frame"
        case .dataDirectory: "ftp-data.current-working-directory"
        }
    }

    /// Extension headers belong to IPv6 and have no branch of their own.
    init?(_ id: ProtocolID) {
        switch id {
        case .ipv6HopByHop, .ipv6Routing, .ipv6Fragment, .ipv6Destination: return nil
        default: self = .layer(id)
        }
    }

    init?(_ frame: borrowing DissectedFrame, _ slot: Int) {
        let layer = frame.carrier[slot]
        if layer.id == .providerBridge {
            self = .serviceTag
        } else {
            self.init(layer.id)
        }
    }

    // Made once, so that a frame costs no allocation.
    private static let ofControl: [HierarchyItem] = [.directory]
    private static let ofCut: [HierarchyItem] = [.short]
    private static let ofMalformed: [HierarchyItem] = [.malformed]
    private static let ofData: [HierarchyItem] = [
        .setupFrame, .setupMethod, .dataCommand, .commandFrame, .dataDirectory,
    ]

    /// What stands below the innermost layer.
    static func below(_ frame: borrowing DissectedFrame) -> [HierarchyItem] {
        if frame.layers.has(.ftp) { return ofControl }
        if frame.layers.has(.ftpData) { return ofData }
        switch frame.layers.stop.reason {
        case .cut: return ofCut
        case .malformed: return ofMalformed
        default: return []
        }
    }
}
