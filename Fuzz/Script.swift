/// What a client says and what happens meanwhile, as bytes: they are those of the control connection, but for a byte 1,
/// behind which the next one names an event. Any bytes are a script, so that a mutated one is a script as well.
struct Script {
    enum Piece {
        case text([UInt8])
        case event(UInt8)
    }

    static let mark: UInt8 = 1

    private(set) var pieces: [Piece] = []

    init(_ bytes: some Collection<UInt8>) {
        var text: [UInt8] = []
        var isMarked = false
        for byte in bytes {
            if isMarked {
                if !text.isEmpty { pieces.append(.text(text)) }
                text = []
                pieces.append(.event(byte))
                isMarked = false
            } else if byte == Self.mark {
                isMarked = true
            } else {
                text.append(byte)
            }
        }
        if !text.isEmpty { pieces.append(.text(text)) }
    }
}
