package import Analysis
import FoundationEssentials

/// Writes a story as JSON (docs/json.md).
package enum JSONStory {
    /// One document, indented, with a stable order of names.
    package static func text(of story: Story, showsSecrets: Bool, _ selection: StorySelection? = nil) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = StoryDocument(story, showsSecrets: showsSecrets, selection)
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
}
