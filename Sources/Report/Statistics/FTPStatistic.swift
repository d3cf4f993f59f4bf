import Analysis
import FTPProtocol

/// Commands, replies and transfers of a capture's FTP, counted.
struct FTPStatistic: Statistic {
    private let numbers: FTPStatistics
    private let language: Language
    let tap: (any FrameTap)? = nil

    init(_ source: StatisticsSource, _ options: StatisticCatalog.Options) {
        numbers = FTPStatistics(source.story, source.selected)
        language = options.language
    }

    private func say(_ message: Message) -> String { message.text(language, []) }

    func write(_ write: (String) -> Void) {
        guard !numbers.commands.isEmpty || !numbers.replies.isEmpty else {
            write(say(.statisticsNoCommands))
            return
        }
        write(say(.statisticsCommands))
        var commands = OwnTable(
            [.commandColumn, .countColumn, .minimumColumn, .medianColumn, .ninetiethColumn, .maximumColumn].map(say),
            numbers: [1, 2, 3, 4, 5])
        for row in numbers.commands {
            let times = [row.minimum, row.median, row.ninetieth, row.maximum].map { $0.map(Quantity.span) ?? "–" }
            commands.add([displayText(row.verb.description.utf8), Quantity.count(row.count)] + times)
        }
        commands.write(write)
        write("")
        write(say(.statisticsReplies))
        var replies = OwnTable([.codeColumn, .countColumn, .meaningColumn].map(say), numbers: [1])
        for row in numbers.replies {
            replies.add([
                "\(row.code.rawValue)", Quantity.count(row.count), row.code.meaning?[language] ?? "",
            ])
        }
        replies.write(write)
        guard !numbers.transfers.isEmpty else { return }
        write("")
        write(say(.statisticsTransfers))
        var transfers = OwnTable([.kindColumn, .countColumn, .sizeColumn, .stateColumn].map(say), numbers: [1, 2])
        for row in numbers.transfers {
            let states = Transfer.State.allCases.compactMap { state in
                row.states[state].map { "\($0) \(say(state.message))" }
            }
            transfers.add([
                say(row.kind.message), Quantity.count(row.count), Quantity.bytes(row.bytes),
                states.joined(separator: ", "),
            ])
        }
        transfers.write(write)
    }

    var document: any Encodable {
        FTPStatisticDocument(
            sessions: numbers.sessions,
            commands: numbers.commands.map {
                FTPStatisticDocument.Command(
                    command: displayText($0.verb.description.utf8), count: $0.count, answered: $0.replyTimes.count,
                    minimum: Seconds($0.minimum), median: Seconds($0.median), ninetieth: Seconds($0.ninetieth),
                    maximum: Seconds($0.maximum))
            },
            replies: numbers.replies.map { FTPStatisticDocument.Reply(code: $0.code.rawValue, count: $0.count) },
            transfers: numbers.transfers.map { row in
                FTPStatisticDocument.Transfers(
                    kind: row.kind.name, count: row.count, bytes: row.bytes,
                    states: Dictionary(
                        uniqueKeysWithValues: row.states.map { ($0.key.message.text(.en, []), $0.value) }))
            })
    }
}

extension Transfer.Kind {
    fileprivate var message: Message {
        switch self {
        case .download: .download
        case .upload: .upload
        case .listing: .listing
        }
    }

    fileprivate var name: String {
        switch self {
        case .download: "download"
        case .upload: "upload"
        case .listing: "listing"
        }
    }
}

private struct FTPStatisticDocument: Encodable {
    struct Command: Encodable {
        let command: String
        let count: Int
        let answered: Int
        /// Seconds to the first reply.
        let minimum: Seconds?
        let median: Seconds?
        let ninetieth: Seconds?
        let maximum: Seconds?
    }

    struct Reply: Encodable {
        let code: UInt16
        let count: Int
    }

    struct Transfers: Encodable {
        let kind: String
        let count: Int
        let bytes: Int64
        let states: [String: Int]
    }

    let sessions: Int
    let commands: [Command]
    let replies: [Reply]
    let transfers: [Transfers]
}
