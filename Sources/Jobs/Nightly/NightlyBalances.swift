import Money
import Postgres
import Settlement

extension Statement {
    fileprivate static func movedPersons(_ run: Run) -> Statement {
        Statement(
            "moved persons",
            """
            COPY (SELECT person_id FROM ledger.account_entry WHERE run_id = \(literal: run.id)
                  UNION
                  SELECT person_id FROM ledger.account_entry_fresh WHERE run_id = \(literal: run.id)
                  ORDER BY person_id) TO STDOUT (FORMAT binary)
            """)
    }

    /// As the server estimates it; nothing where it has not looked yet.
    fileprivate static let entryCount = Statement(
        "entry count",
        """
        SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint
        FROM pg_inherits t JOIN pg_class c ON c.oid = t.inhrelid WHERE t.inhparent = 'ledger.account_entry'::regclass
        """)

    private static let isOpening: SQLText =
        "e.kind = \(literal: Int32(AccountMovement.carriedIn.rawValue)) AND e.source = 'account-opening'"

    /// The balance of an account includes an opening that no month-end has posted yet. What the run moved and what stood
    /// there before are summed apart, since before a first night little stands there.
    fileprivate static func balancesBelowZero(after run: Run) -> Statement {
        Statement(
            "balances below zero",
            """
            COPY (WITH moved AS (
                SELECT e.person_id, sum(e.amount_fen)::bigint AS amount_fen
                FROM (SELECT person_id, amount_fen FROM ledger.account_entry WHERE run_id = \(literal: run.id)
                      UNION ALL
                      SELECT person_id, amount_fen FROM ledger.account_entry_fresh WHERE run_id = \(literal: run.id)) e
                GROUP BY e.person_id),
            earlier AS (
                SELECT e.person_id, sum(e.amount_fen)::bigint AS amount_fen, bool_or(\(isOpening)) AS is_opened
                FROM ledger.account_entry e WHERE e.run_id <> \(literal: run.id) GROUP BY e.person_id),
            opening AS (
                SELECT DISTINCT ON (person_id) person_id, balance_fen FROM intake.account_opening
                WHERE batch_id <= \(literal: run.horizon.batch) ORDER BY person_id, batch_id DESC)
            SELECT m.person_id, m.amount_fen + coalesce(e.amount_fen, 0) + coalesce(o.balance_fen, 0)
            FROM moved m
            LEFT JOIN earlier e ON e.person_id = m.person_id
            LEFT JOIN opening o ON o.person_id = m.person_id AND e.is_opened IS NOT TRUE
            WHERE m.amount_fen + coalesce(e.amount_fen, 0) + coalesce(o.balance_fen, 0) < 0) TO STDOUT (FORMAT binary)
            """)
    }

    /// The same of a list of persons, each looked up in every month by the key of the ledger. Months filled first have no
    /// keys yet; they are summed once.
    fileprivate static func balancesBelowZero(of persons: ArraySlice<Int64>, after run: Run) -> Statement {
        Statement(
            "balances of persons below zero",
            """
            COPY (SELECT m.person_id, b.amount_fen + coalesce(f.amount_fen, 0) + coalesce(o.balance_fen, 0)
                  FROM unnest(\(literals: persons)) m (person_id)
                  CROSS JOIN LATERAL (
                      SELECT coalesce(sum(e.amount_fen), 0)::bigint AS amount_fen,
                             coalesce(bool_or(\(isOpening)), false) AS is_opened
                      FROM ledger.account_entry e WHERE e.person_id = m.person_id) b
                  LEFT JOIN (SELECT person_id, sum(amount_fen)::bigint AS amount_fen FROM ledger.account_entry_fresh
                             GROUP BY person_id) f ON f.person_id = m.person_id
                  LEFT JOIN LATERAL (
                      SELECT o.balance_fen FROM intake.account_opening o
                      WHERE o.person_id = m.person_id AND NOT b.is_opened
                        AND o.batch_id <= \(literal: run.horizon.batch)
                      ORDER BY o.batch_id DESC LIMIT 1) o ON true
                  WHERE b.amount_fen + coalesce(f.amount_fen, 0) + coalesce(o.balance_fen, 0) < 0
                  ORDER BY m.person_id) TO STDOUT (FORMAT binary)
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
    /// A person looked up in a dozen months, with others at the same time, takes as long as so many entries that are read one
    /// after the other.
    private static let entriesForPerson: Int64 = 60

    private let run: Run
    /// Ascending by person.
    private var belowZero: [Balance] = []

    private init(run: Run) {
        self.run = run
    }

    /// Sums all accounts where many have moved, as after a first night; else looks up those that have, a part of them with
    /// each worker.
    static func ask(_ run: Run, _ context: JobContext) async throws -> NightlyBalances {
        let persons = try fewMovedPersons(run, context)
        return try await withThrowingTaskGroup(of: [Balance].self) { group in
            if let persons {
                let size = max(1, (persons.count + context.workers - 1) / context.workers)
                for first in stride(from: 0, to: persons.count, by: size) {
                    let part = persons[first..<min(first + size, persons.count)]
                    group.addTask { try read(.balancesBelowZero(of: part, after: run), context) }
                }
            } else {
                group.addTask { try read(.balancesBelowZero(after: run), context) }
            }
            var balances = NightlyBalances(run: run)
            for try await part in group {
                balances.belowZero += part
            }
            balances.belowZero.sort { $0.person < $1.person }
            return balances
        }
    }

    /// Whose accounts the run moved, ascending; `nil` if to look them up would take longer than to sum all.
    private static func fewMovedPersons(_ run: Run, _ context: JobContext) throws -> [Int64]? {
        guard run.previous != nil else { return nil }
        var connection = try context.connect()
        let entries = try connection.first(.entryCount) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 0
        var persons: [Int64] = []
        _ = try connection.copyOut(.movedPersons(run), columns: 1) { row in persons.append(try row.int64()) }
        return Int64(persons.count) * entriesForPerson < entries ? persons : nil
    }

    private static func read(_ statement: Statement, _ context: JobContext) throws -> [Balance] {
        var connection = try context.connectAlone()
        var balances: [Balance] = []
        _ = try connection.copyOut(statement, columns: 2) { row in
            balances.append(Balance(person: try row.int64(), amount: try row.fen()))
        }
        return balances
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
