import Bytes
import FTPProtocol
import FTPServer
import FTPStorage
import Foundation
import Transport

/// Where a site of a server listens.
struct ServePlace {
    let endpoint: Endpoint
    var isImplicit = false
    var site = 0
}

/// What is said when the server has begun: where it is, and what to type.
enum ServeGreeting {
    static func text(_ settings: ServerSettings, at places: [ServePlace]) -> String {
        var lines = settings.sites.enumerated().map { index, site in
            line(site, at: places.filter { $0.site == index })
        }
        let site = settings.sites[0]
        if let place = places.first { lines += commands(site, place) }
        let isImplicit = places.allSatisfy(\.isImplicit)
        if let tls = site.tls, let fingerprint = OwnCertificate.fingerprint(of: tls.certificatePath) {
            let way = isImplicit ? "TLS from the first byte on" : "TLS by AUTH TLS"
            lines.append("\(way); SHA-256 of the certificate: \(fingerprint)")
        } else {
            lines.append("No TLS.")
        }
        if let recording = settings.recording {
            lines.append("Sessions are recorded in \(recording.directory); tell one: wharf analyze FILE")
        }
        let ports =
            site.passive.ports.map { "\($0.lowerBound)-\($0.upperBound)" }
            ?? "any port that is free (--passive-ports says which)"
        lines.append("Passive data connections: \(ports)")
        return lines.joined(separator: "\n")
    }

    /// What a site serves, to whom and where.
    private static func line(_ site: ServerSettings.SiteSettings, at places: [ServePlace]) -> String {
        var offers: [String] = []
        if site.guests.areAllowed {
            let reading = site.guests.rights == .readOnly ? ", for reading" : ""
            let folders = site.guests.folders.map(\.folder.description).joined(separator: " and ")
            let others = folders.isEmpty ? "" : ", with other rights in \(folders)"
            offers.append("\(site.guests.root ?? site.root) to guests\(reading)\(others)")
        }
        switch (site.userDatabase != nil, site.pamService != nil) {
        case (true, true): offers.append("users, those of this machine included, their homes")
        case (true, false): offers.append("users their homes")
        case (false, true): offers.append("the users of this machine their homes")
        case (false, false): break
        }
        let what = site.letsNobodyIn ? "nobody yet" : offers.joined(separator: ", and ")
        let name = site.key.isEmpty ? "Serving" : "Site \(site.key): serving"
        let hosts = site.names.isEmpty ? "" : ", to those who ask for \(site.names.joined(separator: " or "))"
        let addresses = places.map(\.endpoint.description).joined(separator: " and ")
        return "\(name) \(what)\(hosts)\(addresses.isEmpty ? "" : ", at \(addresses)")"
    }

    /// What to type in clients, and in another terminal.
    private static func commands(_ site: ServerSettings.SiteSettings, _ place: ServePlace) -> [String] {
        let endpoint = place.endpoint
        let isAny = endpoint.address == .unspecified || endpoint.address == IPAddress(v4: 0)
        let address = isAny ? IPAddress(v4: 0x7F00_0001) : endpoint.address
        var lines = [""]
        if !site.letsNobodyIn {
            let url = (place.isImplicit ? "ftps://" : "ftp://") + "\(Endpoint(address, endpoint.port))"
            let user = site.guests.areAllowed ? "" : "-u NAME "
            let needsTLS = site.policy.requiresTLS && !place.isImplicit
            // The certificate is one that Wharf has made, as a rule, for which nobody vouches.
            let tls = needsTLS ? "-k --ssl-reqd " : place.isImplicit ? "-k " : ""
            lines += ["    curl \(tls)\(user)\(url)/", "    lftp \(user)\(url)"]
            if !needsTLS, !place.isImplicit { lines.append("    ftp -p \(address) \(endpoint.port)") }
            lines.append("")
        }
        let host = "\(address)"
        let isLocal = host == "::1" || host.hasPrefix("127.")
        lines.append(
            "See it on the wire: sudo wharf capture --story --ftp --ftp-port \(endpoint.port) -i \(isLocal ? "lo" : "any")"
                + (isLocal ? "   (what stays on this machine passes through lo, no other interface sees it)" : ""))
        return lines
    }
}
