import Books
import FoundationEssentials
import Testing

@Suite struct `The chart of accounts (会计科目)` {
    @Test func `the program and the database know the same subjects, in the same order`() throws {
        #expect(try Subject.allCases.map(\.rawValue) == insertedSubjects().map(\.code))
    }

    @Test func `the first digit of a code is its class`() throws {
        let classes: [Character: String] = [
            "1": "asset", "2": "liability", "3": "equity", "4": "income", "5": "expenditure",
        ]
        for subject in try insertedSubjects() {
            let first = try #require(subject.code.first)
            #expect(classes[first] == subject.group, "\(subject.code)")
        }
    }

    @Test func `detail subjects carry four more digits`() {
        for subject in Subject.allCases {
            #expect([4, 8].contains(subject.rawValue.count), "\(subject.rawValue)")
            #expect(Int(subject.rawValue) != nil, "\(subject.rawValue)")
        }
    }

    /// The rows that `sql/0004_ledger.sql` puts into `ledger.subject`, code and class.
    private func insertedSubjects() throws -> [(code: String, group: String)] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = String(decoding: try Data(contentsOf: root.appending(path: "sql/0004_ledger.sql")), as: UTF8.self)
        let start = "INSERT INTO ledger.subject (code, name, name_en, class) VALUES\n"
        let statements = text.split(separator: start, omittingEmptySubsequences: false)
        try #require(statements.count == 2, "one statement inserts the subjects")
        let values = try #require(statements[1].split(separator: ";", maxSplits: 1).first)
        return try values.split(separator: "\n").map { line in
            // ('1002', '收入户存款', 'Deposits in the income account', 'asset'),
            let fields = line.split(separator: "'")
            try #require(fields.count == 9, "\(line)")
            return (String(fields[1]), String(fields[7]))
        }
    }
}
