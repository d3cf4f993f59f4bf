import Testing

@testable import Dissection

@Suite struct FrameFactsTests {
    /// One value serves frame after frame: what a property says of one must not be said of the next.
    @Test func `what is forgotten is all`() {
        var facts = FrameFacts()
        facts.frame.index = 7
        (facts.application, facts.sender, facts.stream, facts.isQuoted) = (.ftp, .client, 3, true)
        facts.tcp = TCPAnalysis()
        facts.udp = DatagramFacts(stream: 1)
        facts.dns = DNSFacts(offset: 1, exchange: .unsolicited)
        facts.earlier = EarlierFrame(frame: 1, time: 1)
        facts.tls.isRepetition = true
        facts.reference.session = 1
        let new = properties(FrameFacts())
        #expect(zip(properties(facts), new).allSatisfy { $0 != $1 }, "a property of which the test knows nothing")
        facts.forget()
        #expect(properties(facts) == new)
    }

    private func properties(_ facts: FrameFacts) -> [String] {
        Mirror(reflecting: facts).children.map { "\($0.label ?? ""): \($0.value)" }
    }
}
