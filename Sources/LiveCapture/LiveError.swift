package import CaptureFile

/// Why nothing can be captured, or no more.
package struct LiveError: Error, Hashable, Sendable {
    package enum Code: Error, Hashable, Sendable {
        /// No interface has that name.
        case unknownInterface
        /// The user may not capture on it.
        case notPermitted
        /// It is there and not up.
        case isDown
        /// It went away, or was taken down, while it was captured on.
        case vanished
        /// It has no monitor mode.
        case noMonitorMode
        /// It cannot give frames of the link type that was asked for.
        case noLinkType(LinkType)
        /// Anything else, in libpcap's words.
        case other(String)
    }

    package var code: Code
    /// The interface's name.
    package var context: String

    package init(_ code: Code, _ context: String) {
        self.code = code
        self.context = context
    }
}

/// What is wrong with a capture filter.
package struct FilterFault: Error, Hashable, Sendable {
    package let filter: String
    /// Where in its UTF-8 the word stands that cannot stand there; the filter's end where something is missing.
    package let place: Range<Int>
    /// In libpcap's words.
    package let reason: String
}
