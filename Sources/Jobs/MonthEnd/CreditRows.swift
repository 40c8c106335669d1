import Books
import Money
import Postgres
import Settlement

/// The rows a chunk writes, already in the form of COPY.
struct CreditRows {
    var entries = CopyBuffer()
    var exceptions = CopyBuffer()
    var findings = CopyBuffer()
    let runID: Int64
    /// Day from which the credits count in the account.
    let effectiveOn: CivilDate

    init(runID: Int64, effectiveOn: CivilDate) {
        self.runID = runID
        self.effectiveOn = effectiveOn
    }

    mutating func append(_ movement: Movement, person: Int64, month: Month, effectiveOn: CivilDate) {
        entries.row(9)
        entries.append(person)
        entries.append(movement.amount.rawValue)
        entries.append(runID)
        entries.append(month.firstDay.dayNumber)
        entries.append(effectiveOn.dayNumber)
        entries.append(movement.citation)
        entries.append(movement.key.kind)
        entries.append(movement.revision)
        entries.append(movement.key.source)
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
        findings.row(7)
        findings.append(person)
        findings.append(runID)
        findings.append(month.firstDay.dayNumber)
        findings.append(text: finding.rawValue)
        findings.append(source)
        findings.append(expected.rawValue)
        findings.append(found.rawValue)
    }
}

extension Statement {
    static let copyAccountEntries = Statement(
        "copy account entries",
        """
        COPY ledger.account_entry (person_id, amount_fen, run_id, covered_month, effective_on, citation_id, kind, revision,
            source) FROM STDIN (FORMAT binary)
        """)

    static let copyExceptions = Statement(
        "copy exceptions",
        """
        COPY run.exception (person_id, run_id, covered_month, reason, source, amount_fen) FROM STDIN (FORMAT binary)
        """)

    static let copyFindings = Statement(
        "copy findings",
        """
        COPY run.finding (person_id, run_id, covered_month, kind, source, expected_fen, found_fen)
        FROM STDIN (FORMAT binary)
        """)
}

extension CreditRows {
    func write(_ connection: inout Connection) throws {
        try send(entries, .copyAccountEntries, columns: 9, &connection)
        try send(exceptions, .copyExceptions, columns: 6, &connection)
        try send(findings, .copyFindings, columns: 7, &connection)
    }

    private func send(
        _ rows: CopyBuffer, _ statement: Statement, columns: Int, _ connection: inout Connection
    ) throws {
        guard !rows.isEmpty else { return }
        _ = try connection.copyIn(statement, columns: columns) { writer in
            try writer.append(rows: rows)
        }
    }
}
