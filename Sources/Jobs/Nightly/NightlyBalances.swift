import Money
import Postgres
import Settlement

extension Statement {
    /// A first night moves nearly everybody, a later one few.
    fileprivate static let collectMovedPersons = Statement(
        "collect moved persons",
        """
        CREATE TEMPORARY TABLE moved_person ON COMMIT DROP AS
        SELECT person_id FROM ledger.account_entry WHERE run_id = $1
        UNION SELECT person_id FROM ledger.account_entry_fresh WHERE run_id = $1
        """)

    /// So that the server knows how many they are: of tables just filled it knows nothing.
    fileprivate static let analyzeMovedPersons = Statement("analyze moved persons", "ANALYZE moved_person")

    /// The server's helpers would count every person once each, beside the keys that are built at the same time.
    fileprivate static let sumAlone = Statement("sum alone", "SET LOCAL max_parallel_workers_per_gather = 0")

    /// The balance of an account includes an opening that no month-end has posted yet.
    fileprivate static func collectBalancesBelowZero(of persons: SQLText) -> Statement {
        Statement(
            "collect balances below zero",
            """
            CREATE TEMPORARY TABLE balance_below_zero ON COMMIT DROP AS
            WITH balance AS (
                SELECT e.person_id, sum(e.amount_fen)::bigint AS amount_fen,
                       bool_or(e.kind = \(literal: Int32(AccountMovement.carriedIn.rawValue))
                               AND e.source = 'account-opening') AS is_opened
                FROM (SELECT person_id, amount_fen, kind, source, run_id FROM ledger.account_entry
                      UNION ALL
                      SELECT person_id, amount_fen, kind, source, run_id FROM ledger.account_entry_fresh) e
                WHERE \(persons) GROUP BY e.person_id HAVING bool_or(e.run_id = $1)),
            opening AS (
                SELECT DISTINCT ON (person_id) person_id, balance_fen FROM intake.account_opening
                WHERE batch_id <= $2 ORDER BY person_id, batch_id DESC)
            SELECT b.person_id, b.amount_fen + coalesce(o.balance_fen, 0) AS amount_fen
            FROM balance b LEFT JOIN opening o ON o.person_id = b.person_id AND NOT b.is_opened
            WHERE b.amount_fen + coalesce(o.balance_fen, 0) < 0
            """)
    }

    fileprivate static let countBalancesBelowZero = Statement(
        "count balances below zero", "SELECT count(*), coalesce(sum(amount_fen), 0)::bigint FROM balance_below_zero")

    fileprivate static let writeBalancesBelowZero = Statement(
        "write balances below zero",
        """
        INSERT INTO run.finding (person_id, run_id, covered_month, kind, source, expected_fen, found_fen)
        SELECT person_id, $1, $2, 'balance_below_zero', '', 0, amount_fen FROM balance_below_zero
        """)
}

/// 余额为负: accounts that a night moved and that stand below zero after it.
///
/// Looked for when all chunks are committed: the owner of a family account belongs to another chunk than the patients
/// whom it pays for.
struct NightlyBalances: ChunkResult {
    private let run: Run
    private let found: Count

    init(_ run: Run, _ connection: inout Connection) throws {
        var persons: SQLText = "true"
        if run.previous != nil {
            _ = try connection.execute(.collectMovedPersons, run.id)
            _ = try connection.execute(.analyzeMovedPersons)
            persons = "e.person_id IN (SELECT m.person_id FROM moved_person m)"
        }
        _ = try connection.execute(.sumAlone)
        _ = try connection.execute(.collectBalancesBelowZero(of: persons), run.id, run.horizon.batch)
        let counted = try connection.first(.countBalancesBelowZero) { row throws(DatabaseError) in
            Count(rows: try row[0, as: Int64.self], amount: try row[1, as: Fen.self])
        }
        self.run = run
        found = counted ?? Count()
    }

    var controlTotals: [ControlTotal] {
        guard found.rows > 0 else { return [] }
        return [ControlTotal(measure: "finding", item: "balance_below_zero", count: found)]
    }

    func write(_ connection: inout Connection) throws {
        _ = try connection.execute(.writeBalancesBelowZero, run.id, run.instance.businessDate.month)
    }
}
