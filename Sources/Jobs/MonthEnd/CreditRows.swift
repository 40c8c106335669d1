import Books
import Money
import Postgres
import Settlement

extension Statement {
    fileprivate static let copyExceptions = Statement(
        "copy exceptions",
        """
        COPY run.exception (person_id, run_id, covered_month, reason, source, amount_fen) FROM STDIN (FORMAT binary)
        """)
}

/// The rows a chunk of a month-end writes, already in the form of COPY.
struct CreditRows {
    private var entries: EntryRows
    private var findings: FindingRows
    private var exceptions = CopyBuffer()
    private let runID: Int64

    /// - Parameter fresh: where entries of which months go.
    init(runID: Int64, fresh: FreshTables) {
        self.runID = runID
        entries = EntryRows(runID: runID, fresh: fresh)
        findings = FindingRows(runID: runID)
    }

    mutating func append(_ movement: Movement, person: Int64, month: Month, effectiveOn: CivilDate) {
        entries.append(
            person: person, amount: movement.amount, month: month, effectiveOn: effectiveOn,
            citation: movement.citation, kind: movement.key.kind, revision: movement.revision,
            source: movement.key.source)
    }

    /// - Parameter source: empty where the reason is about the month itself.
    mutating func append(
        _ reason: CreditException, person: Int64, month: Month, source: FactID = FactID(), amount: Fen? = nil
    ) {
        exceptions.row(6)
        exceptions.append(person)
        exceptions.append(runID)
        exceptions.append(month.firstDay.dayNumber)
        exceptions.append(text: reason.rawValue)
        exceptions.append(source)
        exceptions.append(amount)
    }

    mutating func append(
        _ finding: ContributionFinding, person: Int64, month: Month, source: FactID, expected: Fen, found: Fen
    ) {
        findings.append(
            person: person, month: month, kind: finding.rawValue, source: source, expected: expected, found: found)
    }

    func write(_ connection: inout Connection) throws {
        try entries.write(&connection)
        try connection.send(exceptions, .copyExceptions, columns: 6)
        try findings.write(&connection)
    }
}
