import Money
import Postgres
import Settlement

extension Statement {
    /// A first night moves nearly everybody, a later one few.
    fileprivate static let collectMovedPersons = Statement(
        "collect moved persons",
        """
        CREATE TEMPORARY TABLE moved_person AS
        SELECT person_id FROM ledger.account_entry WHERE run_id = $1
        UNION SELECT person_id FROM ledger.account_entry_fresh WHERE run_id = $1
        """)

    /// So that the server knows how many they are: of tables just filled it knows nothing.
    fileprivate static let analyzeMovedPersons = Statement("analyze moved persons", "ANALYZE moved_person")

    /// The server's helpers would count every person once each, beside the keys that are built at the same time.
    fileprivate static let sumAlone = Statement("sum alone", "SET max_parallel_workers_per_gather = 0")

    /// The balance of an account includes an opening that no month-end has posted yet.
    fileprivate static func balancesBelowZero(of persons: SQLText, after run: Run) -> Statement {
        Statement(
            "balances below zero",
            """
            COPY (WITH balance AS (
                SELECT e.person_id, sum(e.amount_fen)::bigint AS amount_fen,
                       bool_or(e.kind = \(literal: Int32(AccountMovement.carriedIn.rawValue))
                               AND e.source = 'account-opening') AS is_opened
                FROM (SELECT person_id, amount_fen, kind, source, run_id FROM ledger.account_entry
                      UNION ALL
                      SELECT person_id, amount_fen, kind, source, run_id FROM ledger.account_entry_fresh) e
                WHERE \(persons) GROUP BY e.person_id HAVING bool_or(e.run_id = \(literal: run.id))),
            opening AS (
                SELECT DISTINCT ON (person_id) person_id, balance_fen FROM intake.account_opening
                WHERE batch_id <= \(literal: run.horizon.batch) ORDER BY person_id, batch_id DESC)
            SELECT b.person_id, b.amount_fen + coalesce(o.balance_fen, 0) AS amount_fen
            FROM balance b LEFT JOIN opening o ON o.person_id = b.person_id AND NOT b.is_opened
            WHERE b.amount_fen + coalesce(o.balance_fen, 0) < 0 ORDER BY b.person_id) TO STDOUT (FORMAT binary)
            """)
    }

    fileprivate static let insertControlTotal = Statement(
        "insert control total",
        """
        INSERT INTO run.control_total (run_id, chunk_no, measure, item, row_count, amount_fen)
        VALUES ($1, $2, 'finding', $3, $4, $5)
        """)
}

/// 余额为负: accounts that a night moved and that stand below zero after it.
///
/// Looked for when all chunks are committed: the owner of a family account belongs to another chunk than the patients
/// whom it pays for.
struct NightlyBalances: Sendable {
    private struct Balance {
        let person: Int64
        let amount: Fen
    }

    private static let finding = "balance_below_zero"
    /// How many findings are sent at once.
    private static let findingsAtOnce = 16_384

    private let run: Run
    /// Ascending by person.
    private var belowZero: [Balance] = []

    init(_ run: Run, _ connection: inout Connection) throws {
        self.run = run
        var persons: SQLText = "true"
        if run.previous != nil {
            _ = try connection.execute(.collectMovedPersons, run.id)
            _ = try connection.execute(.analyzeMovedPersons)
            persons = "e.person_id IN (SELECT m.person_id FROM moved_person m)"
        }
        _ = try connection.execute(.sumAlone)
        _ = try connection.copyOut(.balancesBelowZero(of: persons, after: run), columns: 2) { row in
            belowZero.append(Balance(person: try row.int64(), amount: try row.fen()))
        }
    }

    /// Writes the findings, and counts them as a part of the run after its last chunk.
    func write(_ connection: inout Connection) throws {
        guard !belowZero.isEmpty else { return }
        var count = Count()
        for first in stride(from: 0, to: belowZero.count, by: NightlyBalances.findingsAtOnce) {
            var rows = FindingRows(runID: run.id)
            for balance in belowZero[first..<min(first + NightlyBalances.findingsAtOnce, belowZero.count)] {
                rows.append(
                    person: balance.person, month: run.instance.businessDate.month, kind: NightlyBalances.finding,
                    source: FactID(), expected: .zero, found: balance.amount)
                try count.add(balance.amount)
            }
            try rows.write(&connection)
        }
        _ = try connection.execute(
            .insertControlTotal, run.id, run.chunkCount, NightlyBalances.finding, count.rows, count.amount)
    }
}
