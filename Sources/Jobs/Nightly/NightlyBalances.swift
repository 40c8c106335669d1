import Money
import Postgres
import Settlement

extension Statement {
    /// The balance of an account includes an opening that no month-end has posted yet.
    fileprivate static let findBalancesBelowZero = Statement(
        "find balances below zero",
        """
        WITH balance AS (
            SELECT e.person_id, sum(e.amount_fen)::bigint AS amount_fen,
                   bool_or(e.kind = \(literal: Int32(AccountMovement.carriedIn.rawValue)) AND e.source = 'account-opening')
                       AS is_opened
            FROM ledger.account_entry e
            WHERE e.person_id IN (SELECT m.person_id FROM ledger.account_entry m WHERE m.run_id = $1)
            GROUP BY e.person_id),
        opening AS (
            SELECT DISTINCT ON (person_id) person_id, balance_fen FROM intake.account_opening
            WHERE batch_id <= $2 ORDER BY person_id, batch_id DESC),
        found AS (
            INSERT INTO run.finding (person_id, run_id, covered_month, kind, source, expected_fen, found_fen)
            SELECT b.person_id, $1, $3, 'balance_below_zero', '', 0, b.amount_fen + coalesce(o.balance_fen, 0)
            FROM balance b LEFT JOIN opening o ON o.person_id = b.person_id AND NOT b.is_opened
            WHERE b.amount_fen + coalesce(o.balance_fen, 0) < 0
            RETURNING found_fen)
        INSERT INTO run.control_total (run_id, chunk_no, measure, item, row_count, amount_fen)
        SELECT $1, $4, 'finding', 'balance_below_zero', count(*), sum(found_fen)::bigint FROM found HAVING count(*) > 0
        """)
}

/// 余额为负: accounts that a night moved and that stand below zero after it.
///
/// Looked for when all chunks are committed: the owner of a family account belongs to another chunk than the patients
/// whom it pays for.
enum NightlyBalances {
    /// Writes the findings, and counts them as a part of the run after its last chunk.
    static func find(_ run: Run, _ connection: inout Connection) throws {
        _ = try connection.execute(
            .findBalancesBelowZero, run.id, run.horizon.batch, run.instance.businessDate.month, run.chunkCount)
    }
}
