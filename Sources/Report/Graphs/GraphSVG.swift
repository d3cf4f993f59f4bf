package import Analysis
package import FTPProtocol

/// Draws a graph as an SVG document: self-contained, without scripts, for light and dark surroundings. Every point, bar
/// and mark says in `data-frame` which frame it comes from, and in its title what that frame shows.
package enum GraphSVG {
    package static func text(
        of graph: Graph, _ caption: GraphCaption, _ layout: PlotLayout, _ language: Language
    ) -> String {
        let phrases = Phrases(language: language)
        let plot = PlotBuilder(graph: graph, caption: caption, phrases: phrases, layout: layout).plot()
        var drawing = PlotDrawing(plot: plot, graph: graph, layout: layout, phrases: phrases)
        drawing.draw()
        return drawing.svg.text
    }
}

/// The frame of a plot: title, legend, axes, grid.
struct PlotDrawing {
    let plot: Plot
    let graph: Graph
    let layout: PlotLayout
    let phrases: Phrases
    var svg = SVGText()
    private let legend: [[(layer: Plot.Layer, x: Double)]]

    init(plot: Plot, graph: Graph, layout: PlotLayout, phrases: Phrases) {
        self.plot = plot
        self.graph = graph
        self.layout = layout
        self.phrases = phrases
        var rows: [[(layer: Plot.Layer, x: Double)]] = [[]]
        var x = PlotLayout.margin.left
        for layer in plot.layers {
            let width = 24 + PlotLayout.width(of: layer.label) + 18
            if x + width > layout.width - 16, rows[rows.count - 1].isEmpty == false {
                rows.append([])
                x = PlotLayout.margin.left
            }
            rows[rows.count - 1].append((layer, x))
            x += width
        }
        legend = rows
    }

    var top: Double { PlotLayout.legendTop + Double(legend.count) * PlotLayout.legendLine }
    var bottom: Double { layout.height - PlotLayout.margin.bottom }
    var left: Double { PlotLayout.margin.left }
    var right: Double { layout.width - PlotLayout.margin.right }

    func x(_ value: Int64) -> Double { left + plot.x.part(Double(value)) * layout.plotWidth }

    func y(_ value: Double, _ layer: Plot.Layer) -> Double {
        let axis = layer.isOnRight ? plot.right ?? plot.left : plot.left
        return bottom - axis.part(value) * (bottom - top)
    }

    mutating func draw() {
        let (width, height) = (SVGText.number(layout.width), SVGText.number(layout.height))
        svg.add(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
                + "viewBox=\"0 0 \(width) \(height)\" role=\"img\" xml:lang=\"\(phrases.language.rawValue)\">")
        svg.add("<title>\(SVGText.escape(plot.title + " · " + plot.subtitle))</title>")
        svg.add("<style>\n\(GraphStyle.sheet(plot.layers.map(\.series.kind)))\n</style>")
        svg.add("<clipPath id=\"plot\"><rect \(box)/></clipPath>")
        svg.add("<rect class=\"paper\" width=\"\(width)\" height=\"\(height)\"/>")
        text(plot.title, left, 30, "h")
        text(fitted(plot.subtitle), left, 50, "q")
        drawLegend()
        drawAxes()
        if plot.layers.isEmpty { text(phrases.say(.graphEmpty), (left + right) / 2, (top + bottom) / 2, "m q") }
        svg.add("<g clip-path=\"url(#plot)\">")
        for layer in plot.layers where !layer.isMarks { draw(layer) }
        svg.add("</g>\n<rect class=\"frame\" \(box)/>")
        // Marks lie within the axes, but their signs may reach over them.
        for layer in plot.layers where layer.isMarks { draw(layer) }
        svg.add("</svg>")
    }

    private var box: String {
        "x=\"\(SVGText.number(left))\" y=\"\(SVGText.number(top))\" width=\"\(SVGText.number(right - left))\" "
            + "height=\"\(SVGText.number(bottom - top))\""
    }

    /// Long names of files lose their end, not the graph its edge.
    private func fitted(_ text: String) -> String {
        var text = text
        guard PlotLayout.width(of: text) > layout.width - left - 16 else { return text }
        while !text.isEmpty, PlotLayout.width(of: text) > layout.width - left - 30 { text.removeLast() }
        return text + "…"
    }

    private mutating func text(_ content: String, _ x: Double, _ y: Double, _ style: String, _ extra: String = "") {
        guard !content.isEmpty else { return }
        svg.add(
            "<text class=\"\(style)\" x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\"\(extra)>"
                + SVGText.escape(content) + "</text>")
    }

    private mutating func drawLegend() {
        for (number, row) in legend.enumerated() {
            let y = PlotLayout.legendTop + Double(number) * PlotLayout.legendLine
            for (layer, x) in row {
                let name = GraphStyle.name(of: layer.series.kind)
                let from = SVGText.number(x)
                let middle = SVGText.number(y - 4)
                switch layer.series.content {
                case .line, .steps: svg.add("<path class=\"\(name) l\" d=\"M\(from) \(middle)h18\"/>")
                case .level: svg.add("<path class=\"\(name) l v\" d=\"M\(from) \(middle)h18\"/>")
                case .dots, .counts:
                    svg.add("<circle class=\"\(name) d\" cx=\"\(SVGText.number(x + 9))\" cy=\"\(middle)\" r=\"3\"/>")
                case .bars:
                    svg.add("<path class=\"\(name) b\" d=\"M\(SVGText.number(x + 9)) \(SVGText.number(y - 10))v12\"/>")
                case .marks:
                    let path = GraphStyle.of(layer.series.kind).path(x + 9, y - 4)
                    svg.add("<path class=\"\(name) n\" d=\"\(path)\"/>")
                }
                text(layer.label, x + 24, y, "t")
            }
        }
    }

    private mutating func drawAxes() {
        var grid = ""
        for tick in plot.left.ticks {
            let y = bottom - plot.left.part(tick.value) * (bottom - top)
            grid += "M\(SVGText.number(left)) \(SVGText.number(y))H\(SVGText.number(right))"
        }
        for tick in plot.x.ticks {
            let x = left + plot.x.part(tick.value) * layout.plotWidth
            grid += "M\(SVGText.number(x)) \(SVGText.number(top))V\(SVGText.number(bottom))"
        }
        svg.add("<path class=\"grid\" d=\"\(grid)\"/>")
        for tick in plot.left.ticks {
            text(tick.label, left - 8, bottom - plot.left.part(tick.value) * (bottom - top) + 4, "q e")
        }
        for tick in plot.x.ticks {
            text(tick.label, left + plot.x.part(tick.value) * layout.plotWidth, bottom + 18, "q m")
        }
        for tick in plot.right?.ticks ?? [] {
            text(tick.label, right + 8, bottom - (plot.right?.part(tick.value) ?? 0) * (bottom - top) + 4, "q")
        }
        text(plot.xLabel, (left + right) / 2, layout.height - 14, "m")
        drawUpright(plot.leftLabel, 18)
        drawUpright(plot.rightLabel, layout.width - 12)
    }

    /// A label along a vertical axis.
    private mutating func drawUpright(_ label: String, _ x: Double) {
        let y = (top + bottom) / 2
        text(label, x, y, "m", " transform=\"rotate(-90 \(SVGText.number(x)) \(SVGText.number(y)))\"")
    }
}
