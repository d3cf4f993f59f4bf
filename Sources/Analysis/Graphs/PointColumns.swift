/// Thins a curve out to what a graph's width can show: of the points that share a column of pixels, the first, the last,
/// the lowest and the highest stay, each with its own frame.
///
/// Drawn, that looks like all of them, and no outlier is lost, however many points there are.
struct PointColumns: Sendable {
    private let domain: GraphDomain
    private var columns: [Column?] = []

    private struct Column: BitwiseCopyable {
        var first, last, lowest, highest: GraphPoint
    }

    init(_ domain: GraphDomain) {
        self.domain = domain
    }

    mutating func add(_ point: GraphPoint) {
        guard point.y.isFinite else { return }
        if columns.isEmpty { columns = Array(repeating: nil, count: domain.columns) }
        let number = domain.column(of: point.x)
        guard var column = columns[number] else {
            columns[number] = Column(first: point, last: point, lowest: point, highest: point)
            return
        }
        // Captures from several queues may have frames that go back in time.
        if point.x < column.first.x { column.first = point }
        if point.x >= column.last.x { column.last = point }
        if point.y < column.lowest.y { column.lowest = point }
        if point.y > column.highest.y { column.highest = point }
        columns[number] = column
    }

    /// At most four points a column, in the order of the axis.
    var points: [GraphPoint] {
        var points: [GraphPoint] = []
        for case .some(let column) in columns {
            let sorted = [column.first, column.lowest, column.highest, column.last].sorted {
                ($0.x, $0.frame) < ($1.x, $1.frame)
            }
            for point in sorted where point != points.last { points.append(point) }
        }
        return points
    }
}
