package import FTPProtocol

/// What is said while frames come in.
package enum CaptureText {
    package static func progress(_ frames: UInt64, _ bytes: UInt64, _ dropped: UInt64, _ language: Language) -> String {
        let line = LiveMessage.progress.text(
            language, Quantity.count(Int(clamping: frames)), Quantity.bytes(Int64(clamping: bytes)))
        guard dropped > 0 else { return line }
        return line + " · " + LiveMessage.dropped.text(language, Quantity.count(Int(clamping: dropped)))
    }
}
