/// What a site allows its sessions to do; made once from the configuration and shared.
package final class ServerPolicy: Sendable {
    package struct Settings: Sendable, Hashable {
        /// What 220 says behind the code; lines are separated by LF.
        package var banner = "Wharf FTP server ready."
        /// Whether `anonymous` and `ftp` (RFC 1635) are names of guests, and not names like any other.
        package var allowsGuests = true
        package var hasTLS = false
        /// Nobody logs in without TLS, and nothing is transferred without.
        package var requiresTLS = false
        /// PORT and EPRT may name other hosts than the client's (FXP), ports below 1024 excepted.
        package var allowsForeignAddresses = false
        package var allowsClearCommandChannel = true
        /// Wrong passwords before the connection is closed.
        package var maximumLoginAttempts = 3
        /// The most seconds that SITE IDLE may ask for.
        package var maximumIdleSeconds = 7200
        package var idleSeconds = 300
        package var allowsSymbolicLinks = false
        package var showsSessions = false

        package init() {}
    }

    package let settings: Settings

    package init(_ settings: Settings) { self.settings = settings }
}
