package import FTPProtocol
package import LiveCapture

/// Why nothing can be captured, with the way out.
package enum LiveProblem {
    /// - Parameter program: where it lies, for the line that gives it the right.
    package static func text(_ error: LiveError, program: String, _ language: Language) -> String {
        let text = reason(error.code, error.context, language)
        let way = error.code == .notPermitted ? "\n" + LiveMessage.waysToPermission.text(language, program) : ""
        return (error.context.isEmpty ? text : "\(error.context): \(text)") + way
    }

    static func reason(_ code: LiveError.Code, _ name: String, _ language: Language) -> String {
        switch code {
        case .unknownInterface: LiveMessage.unknownInterface.text(language)
        case .notPermitted: LiveMessage.notPermitted.text(language)
        case .isDown: LiveMessage.isDown.text(language, name)
        case .vanished: LiveMessage.vanished.text(language)
        case .noMonitorMode: LiveMessage.noMonitorMode.text(language)
        case .noLinkType(let type): LiveMessage.noLinkType.text(language, "\(type)")
        case .other(let text): text
        }
    }

    /// The filter, and below it a mark at the place.
    package static func text(_ fault: FilterFault, _ language: Language) -> String {
        let bytes = Array(fault.filter.utf8)
        let before = String(decoding: bytes[..<fault.place.lowerBound], as: UTF8.self)
        let word = String(decoding: bytes[fault.place], as: UTF8.self)
        return """
            \(LiveMessage.wrongFilter.text(language, fault.reason))
              \(displayText(bytes))
              \(DisplayWidth.blanks(DisplayWidth.of(displayText(before.utf8))))\
            \(String(repeating: "^", count: max(1, DisplayWidth.of(displayText(word.utf8)))))
            """
    }
}
