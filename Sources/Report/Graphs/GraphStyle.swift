import Analysis

/// The look and the name of each kind of series.
struct GraphStyle {
    enum Sign { case dot, tick, cross, square, ring, triangle, diamond }

    let name: Message
    /// On white and on black, each with enough contrast to be told apart.
    let light: String
    let dark: String
    let sign: Sign

    static func of(_ kind: GraphSeries.Kind) -> GraphStyle {
        switch kind {
        case .traffic: GraphStyle(.graphTraffic, "#1f6feb", "#58a6ff")
        case .throughput: GraphStyle(.graphThroughputLine, "#1f6feb", "#58a6ff")
        case .goodput: GraphStyle(.graphGoodput, "#1a7f37", "#3fb950")
        case .segmentLength: GraphStyle(.graphSegmentLength, "#8c959f", "#768390")
        case .sequence: GraphStyle(.graphSequence, "#1f6feb", "#58a6ff")
        case .segment: GraphStyle(.graphSegment, "#1f6feb", "#58a6ff")
        case .acknowledgment: GraphStyle(.graphAcknowledgment, "#1a7f37", "#3fb950")
        case .window: GraphStyle(.graphReceiveWindow, "#9a6700", "#d29922")
        case .sack: GraphStyle(.graphSACK, "#8250df", "#a371f7")
        case .missing: GraphStyle(.graphMissing, "#ff8182", "#8e3a3a")
        case .roundTrip: GraphStyle(.graphRoundTripDots, "#1f6feb", "#58a6ff")
        case .initialRoundTrip: GraphStyle(.graphInitialRoundTrip, "#bc4c00", "#f0883e")
        case .bytesInFlight: GraphStyle(.graphBytesInFlight, "#1f6feb", "#58a6ff")
        case .retransmission: GraphStyle(.graphRetransmission, "#cf222e", "#f85149")
        case .fastRetransmission: GraphStyle(.graphFastRetransmission, "#e16f24", "#f0883e")
        case .spuriousRetransmission: GraphStyle(.graphSpuriousRetransmission, "#bf3989", "#db61a2")
        case .outOfOrder: GraphStyle(.graphOutOfOrder, "#0a8a8a", "#39c5cf")
        case .lostSegment: GraphStyle(.graphLostSegment, "#57606a", "#adbac7", .triangle)
        case .duplicateACK: GraphStyle(.graphDuplicateACK, "#8250df", "#a371f7", .tick)
        case .zeroWindow: GraphStyle(.graphZeroWindow, "#24292f", "#f0f6fc", .cross)
        case .windowFull: GraphStyle(.graphWindowFull, "#9a6700", "#d29922", .square)
        case .keepAlive: GraphStyle(.graphKeepAlive, "#57606a", "#adbac7", .ring)
        case .syn: GraphStyle(.graphSYN, "#1a7f37", "#3fb950", .diamond)
        case .fin: GraphStyle(.graphFIN, "#57606a", "#adbac7", .diamond)
        case .reset: GraphStyle(.graphRST, "#cf222e", "#f85149", .diamond)
        }
    }

    private init(_ name: Message, _ light: String, _ dark: String, _ sign: Sign = .dot) {
        self.name = name
        self.light = light
        self.dark = dark
        self.sign = sign
    }

    /// The sign around a point, as path data.
    func path(_ x: Double, _ y: Double) -> String {
        let (a, b) = (SVGText.number(x), SVGText.number(y))
        switch sign {
        case .dot: return "M\(a) \(b)m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0"
        case .tick: return "M\(SVGText.number(x - 5)) \(b)h10"
        case .cross: return "M\(SVGText.number(x - 4)) \(SVGText.number(y - 4))l8 8m0-8l-8 8"
        case .square: return "M\(SVGText.number(x - 3)) \(SVGText.number(y - 3))h6v6h-6z"
        case .ring: return "M\(a) \(b)m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0"
        case .triangle: return "M\(SVGText.number(x - 4)) \(SVGText.number(y + 3.5))l4-7l4 7z"
        case .diamond: return "M\(a) \(SVGText.number(y - 5))l5 5l-5 5l-5-5z"
        }
    }

    /// Rules for a document that uses these kinds, for light and for dark surroundings.
    static func sheet(_ kinds: [GraphSeries.Kind]) -> String {
        var light = ""
        var dark = ""
        for kind in kinds {
            let style = of(kind)
            light += ".\(name(of: kind)){stroke:\(style.light);fill:\(style.light)}\n"
            dark += ".\(name(of: kind)){stroke:\(style.dark);fill:\(style.dark)}\n"
        }
        return """
            text{font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC",\
            "Microsoft YaHei",sans-serif;font-size:12px;fill:#24292f}
            .h{font-size:17px;font-weight:600}
            .q{fill:#57606a}
            .e{text-anchor:end}
            .m{text-anchor:middle}
            .paper{fill:#fff}
            .grid{stroke:#d8dee4;stroke-width:1;fill:none}
            .frame{stroke:#8c959f;stroke-width:1;fill:none}
            \(light).l{fill:none;stroke-width:1.5;stroke-linejoin:round}
            .b{stroke-width:2}
            .k-throughput.l{stroke-width:4;stroke-opacity:.45}
            .n{fill-opacity:0;stroke-width:1.5}
            .d{stroke:none}
            .p circle{fill-opacity:0}
            .p circle:hover{fill-opacity:1}
            .v{stroke-dasharray:6 4}
            @media (prefers-color-scheme:dark){
            text{fill:#e6edf3}
            .q{fill:#9198a1}
            .paper{fill:#0d1117}
            .grid{stroke:#262c36}
            .frame{stroke:#6e7681}
            \(dark)}
            .l{fill:none}
            .d,.p{stroke:none}
            """
    }

    static func name(of kind: GraphSeries.Kind) -> String { "k-\(kind)" }
}
