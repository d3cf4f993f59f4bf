import FTPProtocol

/// Every phrase that a report says by itself, once, in every language. `{0}`, `{1}` … are filled in.
///
/// What verbs and reply codes mean stands in the tables of `FTPProtocol`, which the server shares.
package enum Message: CaseIterable, Hashable, Sendable {
    // The capture
    case interfaces, oneInterface, frames, files, noSessions, noSessionsHint, noSessionSelected, followNoStream,
        followManyStreams, emptyCapture, lostByCapture
    // Sessions
    case session, inClear, recordedInClear, explicitTLS, implicitTLS, anonymous, unknownUser
    case noTransfers, unreadableTransfers, oneTransfer, manyTransfers
    case frameColumn, timeColumn
    case connected, connectedUnknownTime, capturedFromMiddle, windowScale, noWindowScale
    case unanswered, refusedConnection, icmpRefused
    case gapFromClient, gapFromServer
    case encryptedFromHere, clearAgain, certificate, unreadableConnections
    case endQuit, endClosedByServer, endClosedByClient, endResetByServer, endResetByClient, endOpen
    case noReply, commandInFrames
    // Negotiations
    case portArithmetic, extendedPort, portUnreadable, announcedElsewhere, thirdParty, defaultPort, privateAnnounced
    // Transfers
    case download, upload, listing
    case dataConnection, otherAttempts, inferred, noDataConnection, dataConnectionUnknown, dataUnanswered, dataRefused
    case separator, colon, amount, amountAtOnce, amountEmpty, amountUnseen, offsetPart, rangePart
    case firstByte, firstByteBefore, finalReply, finalReplyBefore
    case retransmissions, roundTrip, handshakeOnly, inFlight, zeroWindows, outOfOrder
    case missingBytes, missingAt, encryptedData, listingEntries, moreEntries, offloaded
    // States
    case complete, aborted, cut, blocked, refused
    case causeAbortCommand, causeServerReply, causeDataConnectionClosed, causeDataConnectionReset
    case causeControlConnectionEnded, causeCaptureEnds, causeRepliesNotCaptured, causeDataConnectionUnanswered
    case causeDataConnectionRefused, causeNobodyConnected
    // The table
    case transfers, transferSummary, numberColumn, fileColumn, howColumn, sizeColumn, durationColumn, rateColumn
    case stateColumn, active, passive, gapNote, offsetNote, codingDamaged
    // Files in pieces
    case filesInPieces, piecesOf, whole, notWhole, knownUpTo
    // Explanations
    case explainHandshake, explainMSS, explainFrameLength, explainMiddle, explainUnanswered, explainRefused
    case explainAnonymous, explainAnonymousPassword, explainPassword
    case explainPassivePort, explainExtendedPassivePort, explainActivePort
    case explainPassiveFirewall, explainActiveFirewall, explainNAT, explainClientNAT, explainThirdParty
    case explainDownload, explainUpload, explainListing, explainRetransmissions, explainOffload, explainBlockedPassive
    case explainBlockedActive, explainTLS, explainEncryptedControl, explainClear, explainGap, explainUnreadable
    case explainEndQuit, explainEndReset, explainEndClosed, explainEndOpen, explainCut, explainAborted
    case explainTelnet, explainRecordedInClear
    // Statistics
    case statisticsCapture, statisticsProtocols, statisticsConversations, statisticsFindings, statisticsNoFindings
    case statisticsFiles, statisticsEncapsulation, statisticsFrames, statisticsBytes, statisticsStart, statisticsEnd
    case statisticsDuration, statisticsRate, statisticsNotInOrder, statisticsCutFrames
    case statisticsCommands, statisticsReplies, statisticsTransfers, statisticsNoCommands
    case commandColumn, countColumn, minimumColumn, medianColumn, ninetiethColumn, maximumColumn, codeColumn
    case meaningColumn, kindColumn, userColumn, passwordColumn, acceptedColumn, yes, no, statisticsNoLogins
    case statisticsUnknown, statisticsNoFile
    // Options
    case noSuchSession, givenTwice
    // Export
    case exportedFile, exportedIncomplete, exportedPart, exportedDamaged, exportedNothing, exportSkippedEncrypted,
        exportSummaryOne, exportSummary
    // Follow
    case followStream, followControl, followTransfer, followData, followTurn, followTurnInFrame, followGap, followMore,
        followNothing
    case noSuchStream, noSuchTransfer, noDataToFollow, followMissing, followBinary, followExists
    // Graphs
    case graphIO, graphThroughput, graphStevens, graphTCPTrace, graphRoundTrip, graphWindow, graphAxis
    case graphTimeAxis, graphAcknowledgedAxis, graphRateAxis, graphPacketRateAxis, graphCountAxis
    case graphLengthAxis, graphSequenceAxis, graphRoundTripAxis, graphBytesAxis, graphInterval, graphMean
    case graphStream, graphWholeCapture, graphPartlyAbove, graphFrame, graphFrames
    case graphSequenceTip, graphPackets, graphEmpty, graphTraffic, graphThroughputLine, graphGoodput
    case graphSegmentLength, graphSequence, graphSegment, graphAcknowledgment, graphReceiveWindow, graphSACK
    case graphMissing, graphRoundTripDots, graphInitialRoundTrip, graphBytesInFlight, graphRetransmission
    case graphFastRetransmission, graphSpuriousRetransmission, graphOutOfOrder, graphLostSegment
    case graphDuplicateACK, graphZeroWindow, graphWindowFull, graphKeepAlive, graphSYN, graphFIN, graphRST
    case transferWithoutConnection, graphNoFrames, graphNoStream
    case graphTooManyIntervals, graphOnlyIO
    // Dips
    case dipNone, dipOne, dipMany, dipMeasure, dipLine, dipFrames, dipSilence, dipLoss, dipReceiver, dipPath
    case dipServerReply, dipBetweenTransfers, dipApplication, dipShare, dipFinding, dipReply
}
