import Postgres

extension Statement {
    static let citations = Statement("citations", "SELECT citation_id, citation FROM run.citation")

    static let insertCitation = Statement(
        "insert citation", "INSERT INTO run.citation (citation_id, citation) VALUES ($1, $2)")
}

/// The texts that results cite, each stored once. Only the owner of the lease adds to them.
struct CitationStore {
    private var numbers: [String: Int32] = [:]
    private var added: [(number: Int32, text: String)] = []

    init(_ connection: inout Connection) throws {
        try connection.forEachRow(.citations) { row in
            numbers[try row[1, as: String.self]] = try row[0, as: Int32.self]
        }
    }

    /// The number of a text, a new one if it was never cited.
    mutating func number(of text: String) -> Int32 {
        if let number = numbers[text] { return number }
        let number = (numbers.values.max() ?? 0) + 1
        numbers[text] = number
        added.append((number, text))
        return number
    }

    /// Writes the texts that were new.
    mutating func save(_ connection: inout Connection) throws {
        for citation in added {
            _ = try connection.execute(.insertCitation, citation.number, citation.text)
        }
        added = []
    }
}
