import FTPProtocol

/// Where the parts of a graph stand, in pixels.
package struct PlotLayout: Sendable {
    package let width: Double
    package let height: Double

    static let margin = (left: 84.0, right: 84.0, bottom: 56.0)
    static let legendTop = 72.0
    static let legendLine = 20.0
    /// A graph must leave room for its own words; one beyond the largest would be no picture any more.
    package static let smallest = (width: 400, height: 260)
    package static let largest = 16_000

    package init(width: Int, height: Int) {
        self.width = Double(min(max(width, Self.smallest.width), Self.largest))
        self.height = Double(min(max(height, Self.smallest.height), Self.largest))
    }

    var plotWidth: Double { width - Self.margin.left - Self.margin.right }
    /// Columns of pixels that curves are thinned out to.
    package var columns: Int { Int(plotWidth) }

    /// About how wide a text of 12 pixels is.
    static func width(of text: String) -> Double { Double(DisplayWidth.of(text)) * 6.6 }
}
