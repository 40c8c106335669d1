import Money
import Postgres
import Settlement

extension Statement {
    /// A first night moves nearly everybody, a later one few.
    fileprivate static let collectMovedPersons = Statement(
        "collect moved persons",
        """
        CREATE TEMPORARY TABLE moved_person ON COMMIT DROP AS
        SELECT DISTINCT person_id FROM ledger.account_entry WHERE run_id = $1
        """)

    /// So that the server knows how many they are: of tables just filled it knows nothing.
    fileprivate static let analyzeMovedPersons = Statement("analyze moved persons", "ANALYZE moved_person")

    /// The balance of an account includes an opening that no month-end has posted yet. Made a table of before it is
    /// written down: a query that writes is not shared out to the server's workers.
    fileprivate static func collectBalancesBelowZero(of persons: SQLText) -> Statement {
        Statement(
            "collect balances below zero",
            """
            CREATE TEMPORARY TABLE balance_below_zero ON COMMIT DROP AS
            WITH balance AS (
                SELECT e.person_id, sum(e.amount_fen)::bigint AS amount_fen,
                       bool_or(e.kind = \(literal: Int32(AccountMovement.carriedIn.rawValue))
                               AND e.source = 'account-opening') AS is_opened
                FROM ledger.account_entry e WHERE \(persons) GROUP BY e.person_id HAVING bool_or(e.run_id = $1)),
            opening AS (
                SELECT DISTINCT ON (person_id) person_id, balance_fen FROM intake.account_opening
                WHERE batch_id <= $2 ORDER BY person_id, batch_id DESC)
            SELECT b.person_id, b.amount_fen + coalesce(o.balance_fen, 0) AS amount_fen
            FROM balance b LEFT JOIN opening o ON o.person_id = b.person_id AND NOT b.is_opened
            WHERE b.amount_fen + coalesce(o.balance_fen, 0) < 0
            """)
    }

    fileprivate static let findBalancesBelowZero = Statement(
        "find balances below zero",
        """
        WITH found AS (
            INSERT INTO run.finding (person_id, run_id, covered_month, kind, source, expected_fen, found_fen)
            SELECT person_id, $1, $2, 'balance_below_zero', '', 0, amount_fen FROM balance_below_zero
            RETURNING found_fen)
        INSERT INTO run.control_total (run_id, chunk_no, measure, item, row_count, amount_fen)
        SELECT $1, $3, 'finding', 'balance_below_zero', count(*), sum(found_fen)::bigint FROM found HAVING count(*) > 0
        """)
}

/// 余额为负: accounts that a night moved and that stand below zero after it.
///
/// Looked for when all chunks are committed: the owner of a family account belongs to another chunk than the patients
/// whom it pays for.
enum NightlyBalances {
    /// Writes the findings, and counts them as a part of the run after its last chunk.
    static func find(_ run: Run, _ connection: inout Connection) throws {
        var persons: SQLText = "true"
        if run.previous != nil {
            _ = try connection.execute(.collectMovedPersons, run.id)
            _ = try connection.execute(.analyzeMovedPersons)
            persons = "e.person_id IN (SELECT m.person_id FROM moved_person m)"
        }
        _ = try connection.execute(.collectBalancesBelowZero(of: persons), run.id, run.horizon.batch)
        _ = try connection.execute(
            .findBalancesBelowZero, run.id, run.instance.businessDate.month, run.chunkCount)
    }
}
