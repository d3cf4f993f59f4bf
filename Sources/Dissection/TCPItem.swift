/// What a tree can show of a header's options: a line for each option, and its parts.
enum TCPItem: Int, Sendable, CaseIterable {
    case options
    // A line for each kind of option.
    case endOfList, noOperation, segmentSizeLine, windowScaleLine, sackPermitted, sackLine, echo, timestamps
    case connectionCount, signature, scps, snack, recordBoundary, corruption, quickStart, userTimeout, authentication
    case multipath, fastOpen, probe, transparency, accurateECN, experimental, unknown
    // What contradicts itself.
    case badOption, badOptionFinding, paddingLine, padding, repeatedPadding, wrongLength
    case segmentSizePresent, segmentSizeAbsent, windowShiftTooLarge, cutBlockLine, cutBlock, duplicateLine, duplicate
    case cookieInSYN
    case kind, length
    case segmentSize, windowShift, windowFactor, blockLeft, blockRight, blockCount, duplicateLeft, duplicateRight
    case echoValue, timestamp, timestampEcho, connectionCountValue, digest
    case capabilities, canBETS, canSNACK1, canSNACK2, canCompress, canNLTS, canReserved, binding, snackOffset, snackSize
    case quickStartRate, quickStartLife, userTimeoutUnit, userTimeoutValue
    case authenticationKey, authenticationNextKey, authenticationCode, cookieRequest, cookie, payload
    case ect0Count, ceCount, ect1Count, experiment, experimentData, acknowledgmentRate, acknowledgmentRateReserved
    // Multipath TCP.
    case multipathSubtype, multipathVersion, multipathFlags, multipathReserved, needsChecksum, isExtensible
    case hasNoMoreSubflows, usesSHA1, usesSHA256, capableReserved, capableReserved1, senderKey, receiverKey
    case isBackup, addressID, receiverToken, truncatedSenderCode, senderNonce, senderCode
    case isDataFIN, isLongDataNumber, hasDataNumber, isLongDataACK, hasDataACK, dataACK, dataNumber, mappedDataNumber
    case subflowNumber, dataLength, dataChecksum, addressVersion, isAddressEcho, advertisedIPv4, advertisedIPv6
    case advertisedPort, addressCode, removedCount, flagU, flagV, flagW, isTransient, resetReason
    // Riverbed's.
    case probeType1, probeVersionNumber, probeType2, probeVersionBit, probeVersion, probeReserved, probeClient
    case probeApplication, probeProxy, probeProxyPort, probeOwner, probeFlags, probeFlagProbe, probeFlagSSL
    case probeFlagServer, transparencyFlags, transparencyProbe, transparencyInner, transparencyReset
    case transparencyChecksum, transparencyBand, transparencyMode, transparencySource, transparencyDestination
    case transparencySourcePort, transparencyDestinationPort

    /// The line of an option.
    static func line(of kind: UInt8) -> TCPItem {
        switch kind {
        case 0: .endOfList
        case 1: .noOperation
        case 2: .segmentSizeLine
        case 3: .windowScaleLine
        case 4: .sackPermitted
        case 5: .sackLine
        case 6, 7: .echo
        case 8: .timestamps
        case 11, 12, 13: .connectionCount
        case 19: .signature
        case 20: .scps
        case 21: .snack
        case 22: .recordBoundary
        case 23: .corruption
        case 27: .quickStart
        case 28: .userTimeout
        case 29: .authentication
        case 30: .multipath
        case 34: .fastOpen
        case 76: .probe
        case 78: .transparency
        case 172, 174: .accurateECN
        case 253, 254: .experimental
        default: .unknown
        }
    }

    /// What is wrong with an option's length; nil where nothing is. An experiment says in `identifier` which it is.
    static func lengthProblem(_ kind: UInt8, _ length: Int, _ identifier: UInt16) -> String? {
        func exactly(_ expected: Int) -> String? {
            length == expected ? nil : "option length should be \(expected)"
        }
        switch kind {
        case 2, 28: return exactly(4)
        case 3: return exactly(3)
        case 4, 22, 23: return exactly(2)
        case 6, 7, 11, 12, 13, 21: return exactly(6)
        case 8: return exactly(10)
        case 19: return exactly(18)
        case 27: return exactly(8)
        case 78: return exactly(16)
        case 29: return length < 4 ? "option length should be >= than 4" : nil
        case 76: return length < 3 ? "option length should be >= 3)" : nil
        case 172, 174:
            return [2, 5, 8, 11].contains(length) ? nil : "option length should be 2, 5, 8, or 11 instead of \(length)"
        case 253, 254:
            guard length >= 4 else { return "option length \(length) smaller than 4" }
            switch identifier {
            case 0x00AC where length > 5: return "option length should be 4 or 5 instead of \(length)"
            case 0xACC0, 0xACC1:
                guard ![4, 7, 10, 13].contains(length) else { return nil }
                return "option length should be 4, 7, 10, or 13 instead of \(length)"
            default: return nil
            }
        default: return nil
        }
    }
}
