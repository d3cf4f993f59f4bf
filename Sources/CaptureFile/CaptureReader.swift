package import Bytes

/// The one sequential pass over a capture.
package struct CaptureReader {
    /// What has been read so far.
    package private(set) var metadata = CaptureMetadata()
    /// Where and why reading a file ended early, or passed over something; reading went on with the next file.
    package private(set) var problems: [CaptureProblem] = []
    /// Frames read so far, and the index of the next one.
    package private(set) var frameCount: UInt64 = 0

    /// Keeps the memory alive that ``place`` is in.
    private var capture: Capture
    private var file = 0
    private var framesBeforeFile: UInt64 = 0
    /// Of the current file.
    private var place: MappedFile.Place
    /// Of the current file, in the capture's address space.
    private var base: UInt64 = 0
    /// Where the last eight frames lie.
    private var recent = InlineArray<8, UInt64>(repeating: 0)
    /// One of the two while a file is being read, none of them after the last.
    private var pcap: PcapCursor?
    private var pcapng: PcapngCursor?

    init(_ capture: Capture) {
        self.capture = capture
        place = capture.places[0]
        begin()
    }

    /// Goes on where reading ended, in a capture of which more is there.
    ///
    /// - Parameter grown: the same files, as ``GrowingCapture`` hands them on.
    package mutating func resume(in grown: Capture) {
        capture = grown
        if file < capture.places.count { place = capture.places[file] }
    }

    /// How far reading has got in the capture's address space.
    package var position: UInt64 {
        guard file < capture.files.count else { return capture.size }
        return capture.files[file].position + UInt64(pcap?.offset ?? pcapng?.offset ?? 0)
    }

    /// The next frame, nil after the last. Allocates nothing for an ordinary frame.
    package mutating func next() -> FrameHeader? {
        while true {
            switch step() {
            case .frame(let header):
                frameCount &+= 1
                lookAhead(from: header.position)
                return header
            case .notice(let code, let byte): report(code, at: byte, endsFile: false)
            case .damage(let code, let byte): end(with: code, at: byte)
            case .end:
                guard file < capture.sources.count, !capture.isGrowing || file < capture.sources.count - 1 else {
                    return nil
                }
                end(with: nil, at: place.count)
            }
        }
    }

    /// The bytes of the frame that was read last, without a look at anything that other threads may be writing beside.
    @inline(__always)
    @_lifetime(borrow capture)
    package func bytes(of header: FrameHeader, in capture: borrowing Capture) -> Bytes {
        unsafe place.bytes(
            from: Int(truncatingIfNeeded: header.position &- base), count: Int(header.capturedLength), lentBy: capture)
    }

    /// Asks the memory for where a later frame probably lies: as far ahead as an earlier one lies behind. Frames come one
    /// behind another, each known only by the one before, so that without this every one of them is waited for.
    @inline(__always)
    private mutating func lookAhead(from position: UInt64) {
        let slot = Int(frameCount & 7)
        let distance = position &- recent[slot]
        recent[slot] = position
        let guess = Int(truncatingIfNeeded: position &- base &+ distance)
        let bytes = unsafe place.bytes
        bytes.prefetch(at: guess)
        bytes.prefetch(at: guess &+ 64)
    }

    private mutating func step() -> Step {
        // The capture keeps its mappings, and this reader the capture.
        let bytes = unsafe place.bytes
        if let step = pcap?.next(in: bytes) { return step }
        return pcapng?.next(in: bytes, &metadata, frame: frameCount) ?? .end
    }

    private mutating func begin() {
        let source = capture.sources[file]
        base = capture.files[file].position
        place = capture.places[file]
        framesBeforeFile = frameCount
        (pcap, pcapng) = (nil, nil)
        switch source.format {
        case .pcap(let layout):
            // 65536 declared interfaces leave no number for this file's.
            let section = CaptureSection(file: file, byteOrder: layout.order)
            let interface = CaptureInterface(layout, section: metadata.sections.count, file: file)
            let number = UInt16(truncatingIfNeeded: metadata.interfaces.count)
            if let code = metadata.add(interface: interface) ?? metadata.add(section: section) {
                report(code, at: 0, endsFile: true)
            } else {
                pcap = PcapCursor(layout, base: base, interface: number)
            }
        case .pcapng(let order): pcapng = PcapngCursor(base: base, file: file, order: order)
        }
    }

    /// Ends the current file and begins the next. Where unpacking had stopped early, that is the reason to give for
    /// whatever looks cut.
    private mutating func end(with code: CaptureCode?, at byte: Int) {
        let damage = capture.sources[file].damage
        if let code, damage == nil || !code.isCut { report(code, at: byte, endsFile: true) }
        if let damage {
            report(damage, at: capture.sources[file].mapping.count, endsFile: damage != .gzipFollowedByGarbage)
        }
        file += 1
        (pcap, pcapng) = (nil, nil)
        if file < capture.sources.count { begin() }
    }

    /// Keeps one problem of each kind a file, however often a damaged file repeats it.
    private mutating func report(_ code: CaptureCode, at byte: Int, endsFile: Bool) {
        let path = capture.files[file].path
        let same = problems.lastIndex { $0.file == file && $0.code.name == code.name && !$0.endsFile }
        if !endsFile, let same {
            problems[same].occurrences += 1
            return
        }
        problems.append(
            CaptureProblem(
                code: code, file: file, path: path, frame: frameCount + 1,
                frameInFile: frameCount - framesBeforeFile + 1, byte: UInt64(byte), endsFile: endsFile))
    }
}

extension CaptureInterface {
    /// The one interface of a pcap file, of which little is known.
    init(_ layout: PcapLayout, section: Int, file: Int) {
        self.init(linkType: layout.linkType, snapLength: layout.snapLength, section: section, file: file)
        resolution = layout.variant.countsNanoseconds ? .nanoseconds : .microseconds
        fcsLength = layout.fcsLength
    }
}
