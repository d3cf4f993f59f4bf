/// Why a capture cannot be opened, read on or written.
package struct CaptureError: Error, Hashable, Sendable, CustomStringConvertible {
    package var code: CaptureCode
    /// The path it happened to; "-" is standard input or output.
    package var context: String

    package init(_ code: CaptureCode, _ context: String) {
        self.code = code
        self.context = context
    }

    package var description: String {
        let place = context == "-" ? (code.isAboutWriting ? "standard output" : "standard input") : context
        return "\(place): \(code.message)"
    }
}
