import Money
import Postgres

extension Statement {
    fileprivate static let copyAccountEntries = Statement(
        "copy account entries",
        """
        COPY ledger.account_entry (person_id, amount_fen, run_id, covered_month, effective_on, citation_id, kind, revision,
            source) FROM STDIN (FORMAT binary)
        """)

    fileprivate static let copyFreshAccountEntries = Statement(
        "copy fresh account entries",
        """
        COPY ledger.account_entry_fresh (person_id, amount_fen, run_id, covered_month, effective_on, citation_id, kind,
            revision, source) FROM STDIN (FORMAT binary)
        """)

    fileprivate static let copyFindings = Statement(
        "copy findings",
        """
        COPY run.finding (person_id, run_id, covered_month, kind, source, expected_fen, found_fen)
        FROM STDIN (FORMAT binary)
        """)
}

/// Rows of `ledger.account_entry` that a chunk writes, already in the form of COPY.
struct EntryRows {
    private var standing = CopyBuffer()
    private var fresh = CopyBuffer()
    private let freshMonths: [Month]
    private let runID: Int64

    /// - Parameter fresh: where entries of which months go.
    init(runID: Int64, fresh: FreshTables = .none) {
        self.runID = runID
        freshMonths = fresh.months
    }

    /// - Parameters:
    ///   - amount: what the balance grows by.
    ///   - effectiveOn: day from which the money counts in the account.
    mutating func append(
        person: Int64, amount: Fen, month: Month, effectiveOn: CivilDate, citation: Int32, kind: Int16,
        revision: Int16, source: FactID
    ) {
        if freshMonths.contains(month) {
            EntryRows.append(
                person, amount, runID, month, effectiveOn, citation, kind, revision, source, to: &fresh)
        } else {
            EntryRows.append(
                person, amount, runID, month, effectiveOn, citation, kind, revision, source, to: &standing)
        }
    }

    private static func append(
        _ person: Int64, _ amount: Fen, _ runID: Int64, _ month: Month, _ effectiveOn: CivilDate, _ citation: Int32,
        _ kind: Int16, _ revision: Int16, _ source: FactID, to buffer: inout CopyBuffer
    ) {
        buffer.row(9)
        buffer.append(person)
        buffer.append(amount.rawValue)
        buffer.append(runID)
        buffer.append(month.firstDay.dayNumber)
        buffer.append(effectiveOn.dayNumber)
        buffer.append(citation)
        buffer.append(kind)
        buffer.append(revision)
        buffer.append(source)
    }

    func write(_ connection: inout Connection) throws {
        try connection.send(standing, .copyAccountEntries, columns: 9)
        try connection.send(fresh, .copyFreshAccountEntries, columns: 9)
    }
}

/// Rows of `run.finding`: what was settled and yet should be looked at.
struct FindingRows {
    private var buffer = CopyBuffer()
    private let runID: Int64

    init(runID: Int64) {
        self.runID = runID
    }

    /// - Parameter source: id of the fact; empty where the finding is about the month itself.
    mutating func append(
        person: Int64, month: Month, kind: String, source: FactID, expected: Fen, found: Fen
    ) {
        buffer.row(7)
        buffer.append(person)
        buffer.append(runID)
        buffer.append(month.firstDay.dayNumber)
        buffer.append(text: kind)
        buffer.append(source)
        buffer.append(expected.rawValue)
        buffer.append(found.rawValue)
    }

    func write(_ connection: inout Connection) throws {
        try connection.send(buffer, .copyFindings, columns: 7)
    }
}

extension Connection {
    /// Sends rows by COPY; none, and the server is not asked.
    mutating func send(_ rows: CopyBuffer, _ statement: Statement, columns: Int) throws {
        guard !rows.isEmpty else { return }
        _ = try copyIn(statement, columns: columns) { writer in
            try writer.append(rows: rows)
        }
    }
}
