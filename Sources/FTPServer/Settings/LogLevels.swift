import Logging

/// The words for what is logged.
package enum LogLevels {
    static func level(_ word: String) -> Logger.Level? {
        switch word {
        case "error": .error
        case "warning": .warning
        case "info": .info
        case "debug": .debug
        default: nil
        }
    }
}
