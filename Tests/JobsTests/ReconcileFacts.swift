import Jobs
import Logging
import Money
import Policy
import Postgres
import Testing

/// A settlement of H1 on 2023-01-05 that a night has settled, unless said otherwise. Amounts in fen.
struct ReconcileSettlement {
    var id: String
    var institution = "H1"
    var day = "2023-01-05"
    var total: Int64 = 100_00
    var fund: Int64 = 60_00
    var account: Int64 = 10_00
    /// `nil` if no night has decided it.
    var verdict: Int? = 0
    var medicalType = 11
    var insurance = 310
    var isRefund = false
    /// `hifp_pay` as the counter reported it.
    var reported: Int64?

    init(_ id: String) {
        self.id = id
    }

    func with(_ change: (inout ReconcileSettlement) -> Void) -> ReconcileSettlement {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A statement of H1 of January 2023 by default, as `institution_statement.csv` delivers it.
struct ReconcileStatement {
    var institution = "H1"
    var insurance = 310
    var clearingType = 11
    var begin = "2023-01-01"
    var end = "2023-01-31"
    var total: Int64
    var fund: Int64
    var account: Int64
    var count: Int64
    var includesRefunds = true

    init(_ total: Int64, _ fund: Int64, _ account: Int64, _ count: Int64) {
        (self.total, self.fund, self.account, self.count) = (total, fund, account, count)
    }

    func with(_ change: (inout ReconcileStatement) -> Void) -> ReconcileStatement {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A line of the detail of H1.
struct ReconcileLine {
    var id: String
    var institution = "H1"
    var total: Int64 = 100_00
    var fund: Int64 = 60_00
    var account: Int64 = 10_00
    var isRefund = false

    init(_ id: String) {
        self.id = id
    }

    func with(_ change: (inout ReconcileLine) -> Void) -> ReconcileLine {
        var copy = self
        change(&copy)
        return copy
    }
}

/// Writes facts and adjudications straight into the suite's database, each call as a batch of its own.
struct ReconcileFacts {
    let database: LoadDatabase
    private static let person: Int64 = 4711

    /// Begins with one completed night and nothing else.
    init() throws {
        database = try LoadDatabase.required()
        try run(
            """
            TRUNCATE ledger.adjudication, ledger.voucher, ledger.voucher_line, run.run, run.chunk, run.control_total,
                run.discrepancy, run.discrepancy_state, run.statement_check, run.rule_pack, run.citation CASCADE;
            SELECT ledger.ensure_adjudication_year(2023), intake.ensure_settlement_year(2023);
            INSERT INTO run.rule_pack (digest, name, pack_text, first_used_at) VALUES ('d', 'n', 't', now());
            INSERT INTO run.citation (citation_id, citation) VALUES (1, '二（一）');
            INSERT INTO run.run (run_id, job, business_date, posting_month, horizon, batch_upto, chunk_count, state, attempts,
                rule_pack_digest, program_version, started_at, finished_at)
            VALUES (1, 'nightly', '2023-01-31', '2023-01-01', '2023-01-31', 1, 1, 'completed', 1, 'd', 'test', now(), now());
            INSERT INTO intake.person (person_id, batch_id, valid, psn_no, insu_admdvs)
            VALUES (\(ReconcileFacts.person), 1, true, '人员A', '320700');
            INSERT INTO intake.institution (batch_id, begndate, valid, fixmedins_type, fixmedins_code, fixmedins_name,
                fix_blng_admdvs)
            VALUES (1, '2020-01-01', true, 1, 'H1', '医院', '320700'), (1, '2020-01-01', true, 1, 'H2', '医院', '320700');
            """)
    }

    func add(_ settlements: ReconcileSettlement...) throws {
        for settlement in settlements {
            let reported = settlement.reported.map { "\($0)" } ?? "NULL"
            try run(
                """
                INSERT INTO intake.settlement (person_id, batch_id, setl_time, medfee_sumamt_fen, fulamt_ownpay_amt_fen,
                    overlmt_selfpay_fen, preselfpay_amt_fen, inscp_scp_amt_fen, acct_pay_fen, acct_mulaid_pay_fen,
                    hifp_pay_fen, med_type, insutype, refd_setl_flag, setl_id, fixmedins_code, mdtrt_id)
                VALUES (\(ReconcileFacts.person), \(try nextBatch()), '\(settlement.day) 10:00:00', \(settlement.total), 0,
                    0, 0, \(settlement.total), \(settlement.account), 0, \(reported), \(settlement.medicalType),
                    \(settlement.insurance), \(settlement.isRefund), '\(settlement.id)', '\(settlement.institution)',
                    'M\(settlement.id)');
                """)
            if let verdict = settlement.verdict { try decide(settlement, verdict, fund: settlement.fund, revision: 0) }
        }
    }

    func decide(_ settlement: ReconcileSettlement, _ verdict: Int, fund: Int64, revision: Int) throws {
        try run(
            """
            INSERT INTO ledger.adjudication (person_id, run_id, setl_time, eligible_fen, deductible_applied_fen,
                payable_fen, pool_payment_fen, account_payment_fen, family_account_payment_fen, cash_payment_fen,
                benefit_month, citation_id, pool_rate_bp, verdict, psn_category, level, revision, cause,
                settlement_id)
            VALUES (\(ReconcileFacts.person), 1, '\(settlement.day) 10:00:00', \(settlement.total), 0, \(fund), \(fund),
                \(settlement.account), 0, 0, date_trunc('month', timestamp '\(settlement.day)')::date, 1, 6000, \(verdict),
                1, 3, \(revision),
                \(revision == 0 ? 0 : 1), '\(settlement.id)');
            """)
    }

    func state(_ statements: ReconcileStatement...) throws {
        for statement in statements {
            try run(
                """
                INSERT INTO intake.institution_statement (batch_id, medfee_sumamt_fen, fund_pay_sumamt_fen, acct_pay_fen,
                    fixmedins_setl_cnt, stmt_begndate, stmt_enddate, insutype, clr_type, refd_setl_flag, fixmedins_code)
                VALUES (\(try nextBatch()), \(statement.total), \(statement.fund), \(statement.account), \(statement.count),
                    '\(statement.begin)', '\(statement.end)', \(statement.insurance), \(statement.clearingType),
                    \(statement.includesRefunds), '\(statement.institution)');
                """)
        }
    }

    func detail(_ lines: ReconcileLine...) throws {
        for line in lines {
            try run(
                """
                INSERT INTO intake.institution_statement_line (batch_id, medfee_sumamt_fen, fund_pay_sumamt_fen,
                    acct_pay_fen, refd_setl_flag, fixmedins_code, setl_id, mdtrt_id, psn_no)
                VALUES (\(try nextBatch()), \(line.total), \(line.fund), \(line.account), \(line.isRefund),
                    '\(line.institution)', '\(line.id)', 'M', 'P');
                """)
        }
    }

    func run(_ sql: String) throws {
        var connection = try database.connect()
        try connection.script(sql, name: "facts of a test")
    }

    private func nextBatch() throws -> Int64 {
        var connection = try database.connect()
        let insert = Statement(
            "batch of a test",
            """
            INSERT INTO intake.batch (batch_id, source, digest, program_version, loaded_at)
            SELECT coalesce(max(batch_id), 0) + 1, 'test', 'd', 'test', now() FROM intake.batch RETURNING batch_id
            """)
        return try #require(
            try connection.first(insert) { row throws(DatabaseError) in try row[0, as: Int64.self] })
    }
}

extension ReconcileFacts {
    /// 2023-11-14 in Asia/Shanghai.
    static let clock = Clock { 1_700_000_000 }

    func context(isDryRun: Bool = false, commitFault: CommitFault? = nil) throws -> JobContext {
        JobContext(
            settings: database.loaderSettings(commitFault), rules: try RuleSet.load(pack: "lianyungang-employee"),
            clock: ReconcileFacts.clock, isDryRun: isDryRun, programVersion: "test", owner: "test",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func reconcile(
        _ period: ReconcilePeriod = .year(2023), export: String? = nil, isDryRun: Bool = false,
        commitFault: CommitFault? = nil
    ) throws -> ReconcileResult {
        try ReconcileJob(
            try context(isDryRun: isDryRun, commitFault: commitFault), period: period, exportDirectory: export
        ).run()
    }

    /// Class, settlement, item, theirs, ours, state; totals left out.
    func rows() throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', class, setl_id, item, coalesce(amount_theirs::text, '-'),
                coalesce(amount_ours::text, '-'), state)
            FROM report.discrepancy WHERE class <> 'total' ORDER BY fixmedins_code, setl_id, class, item
            """)
    }

    /// Item, theirs, ours, state.
    func totals() throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', item, coalesce(amount_theirs::text, '-'), coalesce(amount_ours::text, '-'), state)
            FROM report.discrepancy WHERE class = 'total' ORDER BY fixmedins_code, item
            """)
    }

    func blocked() throws -> [String] {
        try database.rows(
            "SELECT concat(fixmedins_code, ' ', setl_id, ': ', classes) FROM report.blocked_settlement ORDER BY 1")
    }

    func count(_ table: SQLText) throws -> Int64 {
        var connection = try database.connect()
        return try connection.first(Statement("count", "SELECT count(*) FROM \(table)")) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        } ?? -1
    }
}
