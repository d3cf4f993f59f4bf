/// What a verb does to a session: what a dissector and a session machine switch over.
package enum VerbRole: Hashable, Sendable, CaseIterable {
    /// RETR and what else brings a file's bytes to the client.
    case download
    case upload
    case append
    case uniqueUpload
    /// LIST: a listing for people.
    case listing
    /// NLST: bare names.
    case nameListing
    /// MLSD: facts for programs.
    case factListing
    /// USER, PASS, ACCT, HOST: who the client is, and whom it wants to speak to.
    case login
    /// QUIT and REIN.
    case logout
    /// CWD and its kin: which directory later names refer to.
    case directory
    /// TYPE, STRU, MODE and other settings that hold for later transfers.
    case parameter
    /// REST and RANG: which part of the file the next transfer moves.
    case position
    /// PORT, EPRT, LPRT: active mode, the server will connect to the client.
    case dataPort
    /// PASV, EPSV, LPSV, SPSV, CPSV: passive mode, the client will connect to the server.
    case passive
    case security
    /// ABOR and NOOP: about the connection, not about files.
    case control
    /// Changes on the server's disk: delete, rename, make, remove, set times.
    case fileAction
    /// Questions about one file: SIZE, MDTM, MLST.
    case fileInformation
    /// Digests of a file's contents: HASH, XCRC, XMD5 …
    case checksum
    /// Questions about the server or the session: SYST, STAT, HELP, FEAT, PWD.
    case information
    case site
    /// Sending mail by FTP, which RFC 821 ended.
    case mail

    /// Whether a command of this role moves its payload over a data connection of its own.
    package var opensDataConnection: Bool {
        switch self {
        case .download, .upload, .append, .uniqueUpload, .listing, .nameListing, .factListing: true
        default: false
        }
    }

    /// Whether the data connection carries bytes from the client to the server; nil where none is opened.
    package var isUpload: Bool? {
        switch self {
        case .upload, .append, .uniqueUpload: true
        case .download, .listing, .nameListing, .factListing: false
        default: nil
        }
    }

    /// Whether the data connection carries a directory listing.
    package var isListing: Bool {
        self == .listing || self == .nameListing || self == .factListing
    }

    /// Whether a command of this role agrees on the end points of the next data connection.
    package var preparesDataConnection: Bool {
        self == .dataPort || self == .passive
    }
}
