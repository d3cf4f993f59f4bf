import Analysis

/// A stream as it was spoken, asked for among the statistics as tshark has it: `-z follow,tcp,ascii,0`.
struct FollowStatistic: Statistic {
    private let follow: FollowTap
    private let index: CaptureIndex

    init(_ follow: FollowTap, _ source: StatisticsSource) {
        self.follow = follow
        index = source.index
    }

    var tap: (any FrameTap)? { nil }

    func write(_ write: (String) -> Void) { follow.tell(index, write) }

    var document: any Encodable {
        var lines: [String] = []
        write { lines.append($0) }
        return lines
    }
}
