import Bytes
import FTPProtocol

extension TLS {
    /// Everything that the walk over a layer's records can meet.
    package enum Computed: Int, Sendable, CaseIterable {
        case record, opaqueType, contentType, recordVersion, recordLength, unknownRecord, ignoredRecord
        case changeCipherSpec, resumed, alert, alertLevel, alertDescription, applicationData, applicationProtocol
        case heartbeatInvalid, heartbeat, heartbeatType, heartbeatLength, heartbeatPayload, heartbeatPadding
        case messagePieces, messagePiece, messagePieceCount, message, messageType, messageLength, messageVersion,
            random, randomTime, randomBytes
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
        case userNameLength, userName, nextProtocolGroup, nextProtocolLength, nextProtocol
        case statusListLength, statusLength, responsesLength, responseLength, typesLength, types, type
        case compressorsLength, compressor, settingsLength, settings, settingLength, setting
        case connectionIDLength, connectionID, hiddenNameSuite, recordDigestLength, recordDigest, hiddenNameLength
        case hiddenName, timestampsLength, timestampGroup, timestampLength, timestampVersion, logID, timestamp
        case timestampExtensionsLength, timestampExtensions, timestampSignatureLength, timestampSignature
        case hintLength, hint, pskIdentityLength, pskIdentity, modulusLength, modulus, exponentLength, exponent
        case nameLength, name, chosenLength, chosen, chosenPaddingLength, chosenPadding, updateRequest
        case signedCertificate, x509Version, serialNumber, signatureAlgorithm, algorithm, issuer, issuerName,
            subjectName
        case relativeName, attribute, attributeType, countryName, ia5String, directoryString, printableString
        case teletexString, utf8String, validity, notBefore, notAfter, utcTime, subject, publicKeyInfo, keyAlgorithm
        case curve, namedKeyCurve, bitPadding, publicKey, keyModulus, keyExponent, signedAlgorithm, encryptedDigest
        case certificateExtensions, certificateExtension, certificateExtensionID, critical, subjectKeyID, authorityKey
        case authorityKeyID, basicConstraints, isAuthority, pathLength, generalNames, generalName, mailName, dnsName
        case resourceName, ipv4Name, ipv6Name, keyPurposes, keyPurpose
        case certificateTypeCount, certificateTypes, certificateType, namesLength, names, verifyData
    }

    static let rows: [(item: Computed, row: FieldRow)] =
        recordRows + helloRows + extensionRows + rareRows + messageRows
        + certificateRows

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
        var source: [UInt8]?
        walk(input, { _ in }, { source = $0?.bytes }) { item, _, range, detail in
            guard item == field else { return }
            let value =
                if let source { value(of: item, row.type, range, detail, source.bytes) } else {
                    value(of: item, row.type, range, detail, input.frame)
                }
            if let value { sink(value, range) }
        }
    }

    /// The tree is the order of the walk.
    package static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        var record: TLSRecord?
        var source: TLSMessageCollector?
        func add(_ item: Item, _ depth: Int, _ range: Range<Int>, _ detail: Int, _ bytes: Bytes) {
            guard depth > 0, let row = rowOfItem[item.rawValue],
                let value = value(of: item, row.type, range, detail, bytes)
            else { return }
            let line = line(of: item, range, detail, record, source?.text ?? "", bytes)
                .map { String($0.prefix(utf8Count: 239)) }
            let particulars =
                line == nil && source == nil ? nil : DetailNode.Particulars(line: line, source: source?.bytes)
            nodes.append(
                DetailNode(depth: depth, row: row, value: value, range: range, particulars: particulars), in: input)
        }
        walk(input, { record = $0 }, { source = $0 }) { item, depth, range, detail in
            if let bytes = source?.bytes {
                add(item, depth, range, detail, bytes.bytes)
            } else {
                add(item, depth, range, detail, input.frame)
            }
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
        case .timestamp:
            return .time(Int64(clamping: content.u64(at: 0).multipliedReportingOverflow(by: 1_000_000).partialValue))
        case .randomTime: return .time(Int64(content.u32(at: 0)) * 1_000_000_000)
        case .messagePiece, .messagePieceCount: return .number(UInt64(detail))
        case .applicationProtocol: return .text("File Transfer Protocol (FTP)")
        case .certificateSubject: return TLSCertificate(der: content.array).map { .text($0.subject) }
        default: if let value = value(ofCertificate: item, detail, content) { return value }
        }
        switch type {
        case .none: return .presence
        case .bytes: return .bytes(content.array)
        case .string: return .text(displayText(content.array))
        default: return .number((0..<range.count).reduce(0) { $0 << 8 | UInt64(content.u8(at: $1)) })
        }
    }
}
