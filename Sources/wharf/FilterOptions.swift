import Analysis
import ArgumentParser
import DisplayFilter

/// Which frames a command is about: `-Y`, and the macros that it may use.
struct FilterOptions: ParsableArguments {
    @Option(
        name: [.customShort("Y", allowingJoined: true), .customLong("display-filter")], parsing: .unconditional,
        help: ArgumentHelp("Only frames that this filter selects, in Wireshark's language.", valueName: "filter"),
        completion: .custom(completeFilter))
    var filter: String?

    @OptionGroup var macros: MacroOptions

    /// Read before the capture is, so that a wrong filter is said at once. An empty one selects everything, as in tshark.
    func condition() throws -> DisplayFilter? {
        guard let filter, filter.utf8.contains(where: { $0 != 0x20 && !(9...13).contains($0) }) else { return nil }
        let condition = try DisplayFilter(filter, macros: try macros.all())
        warnOfForeign(condition.foreignNames)
        return condition
    }
}

/// Says what of a filter or a choice of fields no frame can have here.
func warnOfForeign(_ names: [String]) {
    guard !names.isEmpty else { return }
    warn(
        "Wharf does not read \(names.joined(separator: ", ")), so that no frame has \(names.count == 1 ? "it" : "them")"
    )
}

extension DisplayFilter {
    /// Asks every frame of the capture.
    ///
    /// - Parameters:
    ///   - story: of the capture, where it was read already.
    ///   - namesTransfers: whether the sessions and transfers of the frames are wanted too.
    func selected(
        in index: CaptureIndex, _ story: Story? = nil, namesTransfers: Bool = false,
        options: FrameScan.Options = FrameScan.Options()
    ) -> FrameNumbers {
        let numbers = FrameNumbers(self, namesTransfers: namesTransfers)
        FrameScan(index, options).run([numbers]) { needs in
            story.map { ApplicationTable($0) } ?? ApplicationTable(index, needs)
        }
        return numbers
    }
}
