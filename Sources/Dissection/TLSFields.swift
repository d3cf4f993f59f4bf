import Bytes
import FTPProtocol

extension TLS {
    /// Everything that the walk over a layer's records can meet.
    package enum Computed: Int, Sendable, CaseIterable {
        case record, opaqueType, contentType, recordVersion, recordLength, unknownRecord, ignoredRecord
        case changeCipherSpec, resumed, alert, alertLevel, alertDescription, applicationData, applicationProtocol
        case heartbeat, heartbeatType, heartbeatLength, heartbeatPayload, heartbeatPadding
        case message, messageType, messageLength, messageVersion, random, randomTime, randomBytes
        case sessionIDLength, sessionID, cipherSuitesLength, cipherSuites, cipherSuite
        case compressionsLength, compressions, compression, extensionsLength
        case extensionGroup, extensionType, extensionLength, extensionData
        case serverNameGroup, serverNamesLength, serverNameType, serverNameLength, serverName, maximumFragment
        case statusType, responderLength, requestExtensionsLength, groupsLength, groups, group
        case pointFormatsLength, pointFormats, pointFormat, schemesLength, schemes, scheme, schemeHash, schemeSignature
        case heartbeatMode, protocolsLength, protocols, protocolLength, application, paddingData, recordSizeLimit
        case sharedKeyGroup, identitiesLength, identityGroup, identityLength, identity, ticketAge, bindersLength,
            binders
        case selectedIdentity, supportedVersionsLength, supportedVersion, cookieLength, cookie
        case exchangeModesLength, exchangeMode, keyShareGroup, keySharesLength, keyShare, keyShareGroupNumber
        case keyLength, key, selectedGroup, renegotiationGroup, renegotiationLength, renegotiation
        case clientPrint, clientPrintDigest, serverPrint, serverPrintDigest
        case ticketGroup, ticketLifetime, ticketLength, ticket
        case certificatesLength, certificates, certificateLength, certificate, certificateSubject
        case exchangeGroup, curveType, namedCurve, serverPointLength, serverPoint, clientPointLength, clientPoint
        case primeLength, prime, generatorLength, generator, serverKeyLength, serverKey, clientKeyLength, clientKey
        case premasterLength, premaster, signatureLength, signature, verifyLength, verify
        case certificateTypeCount, certificateTypes, certificateType, namesLength, names, verifyData
    }

    static let rows: [(item: Computed, row: FieldRow)] = recordRows + helloRows + extensionRows + messageRows

    static func row(
        _ item: Computed, _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay? = nil
    ) -> (item: Computed, row: FieldRow) {
        (item, computed(item, name, label, type, display, .inOrder(level: 1)))
    }

    static func row(
        _ item: Computed, _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay? = nil,
        _ meaning: @escaping @Sendable (UInt64) -> String?
    ) -> (item: Computed, row: FieldRow) {
        (item, computed(item, name, label, type, display, .inOrder(level: 1)).named(meaning))
    }

    private static let rowOfItem: [FieldRow?] = {
        var table = [FieldRow?](repeating: nil, count: Computed.allCases.count)
        for (item, row) in rows { table[item.rawValue] = row }
        return table
    }()

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        guard let row = rowOfItem[field.rawValue] else { return }
        walk(input) { item, _, range, detail in
            guard item == field else { return }
            if let value = value(of: item, row.type, range, detail, input.frame) { sink(value, range) }
        }
    }

    /// The tree is the order of the walk.
    package static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        var record: TLSRecord?
        walk(input, { record = $0 }) { item, depth, range, detail in
            guard depth > 0, let row = rowOfItem[item.rawValue],
                let value = value(of: item, row.type, range, detail, input.frame)
            else { return }
            let line = line(of: item, range, detail, record, input.frame)
            nodes.append(DetailNode(depth: depth, row: row, value: value, range: range, line: line), in: input)
        }
    }

    private static func value(
        of item: Computed, _ type: FieldType, _ range: Range<Int>, _ detail: Int, _ bytes: Bytes
    ) -> FieldRow.Value? {
        let content = bytes.slice(from: range.lowerBound, count: range.count)
        switch item {
        case .clientPrint, .serverPrint: return .text(TLSFingerprint.line(of: bytes.slice(from: detail)))
        case .clientPrintDigest, .serverPrintDigest:
            return .text(TLSFingerprint.digest(of: TLSFingerprint.line(of: bytes.slice(from: detail))))
        case .randomTime: return .time(Int64(content.u32(at: 0)) * 1_000_000_000)
        case .applicationProtocol: return .text("File Transfer Protocol (FTP)")
        case .certificateSubject: return TLSCertificate(der: content.array).map { .text($0.subject) }
        default: break
        }
        switch type {
        case .none: return .presence
        case .bytes: return .bytes(content.array)
        case .string: return .text(displayText(content.array))
        default: return .number((0..<range.count).reduce(0) { $0 << 8 | UInt64(content.u8(at: $1)) })
        }
    }
}
