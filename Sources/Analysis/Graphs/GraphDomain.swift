/// What a graph's horizontal axis spans, and in how many columns of pixels.
package struct GraphDomain: Sendable, Hashable {
    package let lower: Int64
    package let upper: Int64
    package let columns: Int

    /// - Parameter columns: at least 1; values below count as 1.
    package init(_ lower: Int64, _ upper: Int64, columns: Int) {
        self.lower = lower
        // One moment has no width, but it needs a place.
        self.upper = max(upper, lower == .max ? lower : lower + 1)
        self.columns = max(1, columns)
    }

    package func column(of x: Int64) -> Int {
        let part = (Double(x) - Double(lower)) / (Double(upper) - Double(lower))
        guard part > 0 else { return 0 }
        return part >= 1 ? columns - 1 : Int(part * Double(columns))
    }
}
