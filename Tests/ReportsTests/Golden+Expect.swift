import Readers
import Testing

extension Golden {
    private static let ofReports = Golden(beside: #filePath)

    static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        guard let complaint = try ofReports.complaint(about: text, name) else { return }
        Issue.record(Comment(rawValue: complaint), sourceLocation: sourceLocation)
    }
}
