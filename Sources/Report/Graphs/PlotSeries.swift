import Analysis

extension PlotDrawing {
    /// Draws one series, each of its elements with its frame.
    mutating func draw(_ layer: Plot.Layer) {
        let name = GraphStyle.name(of: layer.series.kind)
        switch layer.series.content {
        case .line(let points):
            svg.add("<path class=\"\(name) l\" d=\"\(path(points, layer, isStepped: false))\"/>")
            drawPoints(points, layer, "\(name) p", radius: 3)
        case .steps(let points):
            svg.add("<path class=\"\(name) l\" d=\"\(path(points, layer, isStepped: true))\"/>")
            drawPoints(points, layer, "\(name) p", radius: 3)
        case .dots(let points): drawPoints(points, layer, "\(name) d", radius: points.count > 500 ? 1.4 : 2)
        case .bars(let ranges):
            svg.add("<g class=\"\(name) b\">")
            for range in ranges { drawBar(range, layer) }
            svg.add("</g>")
        case .marks(let ranges):
            svg.add("<g class=\"\(name) n\">")
            for range in ranges { drawMark(range, layer) }
            svg.add("</g>")
        case .counts(let ranges):
            svg.add("<g class=\"\(name)\">")
            for range in ranges { drawCount(range, layer) }
            svg.add("</g>")
        case .level(let value, let frame):
            let y = SVGText.number(y(value, layer))
            let label = "\(layer.label) · \(amount(value, layer)) · \(phrases.say(.graphFrame, "\(frame + 1)"))"
            svg.add(
                "<path class=\"\(name) l v\" d=\"M\(SVGText.number(left)) \(y)H\(SVGText.number(right))\" "
                    + "data-frame=\"\(frame + 1)\">\(title(label))</path>")
        }
    }

    private func path(_ points: [GraphPoint], _ layer: Plot.Layer, isStepped: Bool) -> String {
        var path = ""
        for point in points {
            let (x, y) = (SVGText.number(x(point.x)), SVGText.number(y(point.y, layer)))
            path += path.isEmpty ? "M\(x) \(y)" : isStepped ? "H\(x)V\(y)" : "L\(x) \(y)"
        }
        // The last interval or the last window lasts to the end.
        if isStepped, !path.isEmpty { path += "H\(SVGText.number(right))" }
        return path
    }

    private mutating func drawPoints(_ points: [GraphPoint], _ layer: Plot.Layer, _ style: String, radius: Double) {
        guard !points.isEmpty else { return }
        svg.add("<g class=\"\(style)\">")
        let radius = SVGText.number(radius)
        for point in points {
            let label =
                phrases.say(.graphFrame, "\(UInt64(point.frame) + 1)") + " · " + horizontal(point.x) + " · "
                + amount(point.y, layer)
            svg.add(
                "<circle cx=\"\(SVGText.number(x(point.x)))\" cy=\"\(SVGText.number(y(point.y, layer)))\" "
                    + "r=\"\(radius)\" data-frame=\"\(UInt64(point.frame) + 1)\">\(title(label))</circle>")
        }
        svg.add("</g>")
    }

    private mutating func drawBar(_ range: GraphRange, _ layer: Plot.Layer) {
        let (top, bottom) = (y(range.upper, layer), y(range.lower, layer))
        // A segment of few bytes in a long stream is still to be seen, and what is out of the ordinary from afar.
        let height = max(layer.series.kind == .segment ? 1.5 : 6, bottom - top)
        svg.add(
            "<path d=\"M\(SVGText.number(x(range.x))) \(SVGText.number((top + bottom - height) / 2))v\(SVGText.number(height))\" "
                + "\(frames(range))>\(title(label(range, layer)))</path>")
    }

    private mutating func drawMark(_ range: GraphRange, _ layer: Plot.Layer) {
        let style = GraphStyle.of(layer.series.kind)
        var path = style.path(x(range.x), y(range.lower, layer))
        if range.upper > range.lower {
            let top = y(range.upper, layer)
            path += "M\(SVGText.number(x(range.x))) \(SVGText.number(y(range.lower, layer)))V\(SVGText.number(top))"
            path += style.path(x(range.x), top)
        }
        svg.add("<path d=\"\(path)\" \(frames(range))>\(title(label(range, layer)))</path>")
    }

    /// A stem from the axis to the count; kinds stand a little beside one another.
    private mutating func drawCount(_ range: GraphRange, _ layer: Plot.Layer) {
        let place = TCPProblem.allCases.firstIndex { $0.series == layer.series.kind } ?? 0
        let x = x(range.x) + Double(place) * 1.5
        let y = y(range.upper, layer)
        svg.add(
            "<path d=\"M\(SVGText.number(x)) \(SVGText.number(bottom))V\(SVGText.number(y))m-1.5 0h3v3h-3z\" "
                + "\(frames(range))>\(title(label(range, layer)))</path>")
    }

    private func frames(_ range: GraphRange) -> String {
        let first = "data-frame=\"\(UInt64(range.frame) + 1)\""
        return range.count == 1
            ? first : "\(first) data-last-frame=\"\(UInt64(range.lastFrame) + 1)\" data-count=\"\(range.count)\""
    }

    private func label(_ range: GraphRange, _ layer: Plot.Layer) -> String {
        let frames =
            range.count == 1
            ? phrases.say(.graphFrame, "\(UInt64(range.frame) + 1)")
            : phrases.say(
                .graphFrames, "\(UInt64(range.frame) + 1)", "\(UInt64(range.lastFrame) + 1)", "\(range.count)")
        var label = "\(layer.label) · \(frames) · \(horizontal(range.x))"
        if case .counts = layer.series.content { return label }
        label += " · " + amount(range.lower, layer)
        if range.upper > range.lower { label += "…" + number(range.upper) }
        return label
    }

    private func title(_ text: String) -> String { "<title>\(SVGText.escape(text))</title>" }

    private func horizontal(_ value: Int64) -> String {
        guard graph.abscissa == .time else { return phrases.say(.graphSequenceTip, "\(value)") }
        return Quantity.fixed(Double(value) / 1e9, 6) + " s"
    }

    /// A value with its unit, as exact as it is known.
    private func amount(_ value: Double, _ layer: Plot.Layer) -> String {
        switch (layer.isOnRight ? plot.right ?? plot.left : plot.left).unit {
        case .time: Quantity.span(Int64(value.rounded()))
        case .bytes:
            graph.kind == .stevens || graph.kind == .tcptrace
                ? phrases.say(.graphSequenceTip, number(value)) : number(value) + " B"
        case .bytesPerSecond: Quantity.rate(value)
        case .bitsPerSecond: Quantity.bitRate(value)
        case .packetsPerSecond: phrases.say(.graphPackets, Quantity.fixed(value, value < 100 ? 1 : 0))
        case .count: number(value)
        }
    }

    private func number(_ value: Double) -> String { Quantity.fixed(value, 0) }
}
