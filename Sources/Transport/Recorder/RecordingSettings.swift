/// Where and how sessions are recorded.
package struct RecordingSettings: Sendable, Hashable {
    /// What of a connection under TLS is written.
    package enum TLS: String, Sendable, Hashable, CaseIterable {
        /// What was said inside, as if there had been no TLS.
        case clear
        /// The bytes as they went over the wire, and the secrets that decrypt them.
        case keys
        /// The bytes as they went over the wire.
        case off
    }

    /// The folder that gets a file for each session.
    package var directory: String
    package var tls = TLS.clear
    /// Whether passwords are written as they were typed. Those inside ciphertext always are what they were.
    package var keepsPasswords = false

    package init(directory: String) { self.directory = directory }
}
