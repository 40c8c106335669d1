import Money
import Postgres

/// A person-keyed table of which a certificate keeps hashes, chunk by chunk: the rows of a year, in the order of the key.
struct SealedTable: Sendable {
    /// As the certificate names it.
    let name: String
    private let columns: SQLText
    private let key: SQLText
    private let condition: @Sendable (YearSeal) -> SQLText

    /// COPY of the rows of a range of persons, as many columns as ``columnCount``.
    func statement(_ seal: YearSeal, _ range: PersonRange) -> Statement {
        Statement(
            "rows to seal",
            """
            COPY (SELECT \(columns) FROM \(table) t
                  WHERE t.person_id BETWEEN \(literal: range.first) AND \(literal: range.last) AND \(condition(seal))
                  ORDER BY \(key)) TO STDOUT (FORMAT binary)
            """)
    }

    let columnCount: Int
    private let table: SQLText

    private init(
        _ name: String, _ table: SQLText, _ columnCount: Int, _ columns: SQLText, by key: SQLText,
        where condition: @escaping @Sendable (YearSeal) -> SQLText
    ) {
        self.name = name
        self.table = table
        self.columnCount = columnCount
        self.columns = columns
        self.key = key
        self.condition = condition
    }
}

/// What a certificate is about: the ledger of a year, and the facts that its last run knew.
struct YearSeal: Sendable {
    let ledger: YearLedger
    /// Facts of later batches came after the certificate.
    let batch: Int64

    var isKnown: SQLText { "t.batch_id <= \(literal: batch)" }

    func isOfYear(date column: SQLText) -> SQLText {
        "\(column) BETWEEN \(.day(ledger.firstDay)) AND \(.day(ledger.lastDay))"
    }
}

extension SealedTable {
    /// All of them, the facts first.
    static let all: [SealedTable] = [
        SealedTable(
            "intake.person", "intake.person", 10,
            """
            t.person_id, t.batch_id, t.brdy, t.death_date, t.valid, t.psn_no, t.psn_name, t.gend, t.certno, t.insu_admdvs
            """, by: "t.person_id, t.batch_id"
        ) { $0.isKnown },
        SealedTable(
            "intake.enrolment", "intake.enrolment", 7,
            "t.person_id, t.batch_id, t.begndate, t.enddate, t.insutype, t.valid, t.psn_type",
            by: "t.person_id, t.insutype, t.begndate, t.batch_id"
        ) { $0.isKnown },
        SealedTable(
            "intake.fixed_credit", "intake.fixed_credit", 5,
            "t.person_id, t.batch_id, t.year_total_fen, t.december_amount_fen, t.year",
            by: "t.person_id, t.year, t.batch_id"
        ) { $0.isKnown },
        SealedTable(
            "intake.account_opening", "intake.account_opening", 4,
            "t.person_id, t.batch_id, t.balance_fen, t.balance_date", by: "t.person_id, t.batch_id"
        ) { $0.isKnown },
        SealedTable(
            "intake.contribution", "intake.contribution", 11,
            """
            t.person_id, t.batch_id, t.clct_base_fen, t.psn_clct_amt_fen, t.emp_clct_amt_fen, t.covered_month, t.clct_time,
            t.insutype, t.clct_type, t.clct_id, t.init_clct_id
            """, by: "t.person_id, t.covered_month, t.clct_id"
        ) { "\($0.isKnown) AND \($0.isOfYear(date: "t.covered_month"))" },
        SealedTable(
            "intake.settlement", "intake.settlement", 25,
            """
            t.person_id, t.batch_id, t.setl_time, t.medfee_sumamt_fen, t.fulamt_ownpay_amt_fen, t.overlmt_selfpay_fen,
            t.preselfpay_amt_fen, t.inscp_scp_amt_fen, t.acct_pay_fen, t.acct_mulaid_pay_fen, t.act_pay_dedc_fen,
            t.hifp_pay_fen, t.psn_cash_pay_fen, t.hosp_part_amt_fen, t.acct_mulaid_person_id, t.med_type, t.insutype,
            t.refd_setl_flag, t.setl_id, t.fixmedins_code, t.mdtrt_id, t.init_setl_id, t.dise_codg, t.rx_no,
            t.rx_fixmedins_code
            """, by: "t.person_id, t.setl_time, t.setl_id"
        ) { seal in
            """
            \(seal.isKnown) AND t.setl_time >= \(.day(seal.ledger.firstDay))::timestamp
            AND t.setl_time < \(.day(seal.ledger.lastDay.adding(days: 1)))::timestamp
            """
        },
        SealedTable(
            "intake.account_use", "intake.account_use", 9,
            """
            t.person_id, t.batch_id, t.amount_fen, t.bnft_person_id, t.use_date, t.acct_incexpd_type, t.acct_use_id,
            t.use_kind, t.init_acct_use_id
            """, by: "t.person_id, t.acct_use_id"
        ) { "\($0.isKnown) AND \($0.isOfYear(date: "t.use_date"))" },
        SealedTable(
            "intake.family_link", "intake.family_link", 7,
            "t.person_id, t.rlts_person_id, t.batch_id, t.begndate, t.enddate, t.valid, t.rlts_type",
            by: "t.person_id, t.rlts_person_id, t.begndate, t.batch_id"
        ) { $0.isKnown },
        SealedTable(
            "ledger.account_entry", "ledger.account_entry", 9,
            """
            t.person_id, t.amount_fen, t.run_id, t.covered_month, t.effective_on, t.citation_id, t.kind, t.revision, t.source
            """, by: "t.person_id, t.covered_month, t.kind, t.source, t.revision"
        ) { "\($0.ledger.reaches(coveredMonth: "t.covered_month")) AND \($0.ledger.isOfYear(run: "t.run_id"))" },
        SealedTable(
            "ledger.adjudication", "ledger.adjudication", 20,
            """
            t.person_id, t.run_id, t.setl_time, t.eligible_fen, t.deductible_applied_fen, t.payable_fen, t.pool_payment_fen,
            t.account_payment_fen, t.family_account_payment_fen, t.cash_payment_fen, t.family_person_id, t.benefit_month,
            t.citation_id, t.pool_rate_bp, t.verdict, t.psn_category, t.level, t.revision, t.cause, t.settlement_id
            """, by: "t.person_id, t.benefit_month, t.settlement_id, t.revision"
        ) { "\($0.ledger.reaches(benefitMonth: "t.benefit_month")) AND \($0.ledger.isOfYear(run: "t.run_id"))" },
        SealedTable(
            "ledger.accumulator", "ledger.accumulator", 12,
            """
            t.person_id, t.run_id, t.deductible_fen, t.deductible_counted_fen, t.pool_payment_fen, t.counted_fen,
            t.eligible_fen, t.last_setl_time, t.visits, t.benefit_year, t.last_category, t.last_setl_id
            """, by: "t.person_id, t.benefit_year, t.run_id"
        ) { $0.ledger.isOfYear(run: "t.run_id") },
        SealedTable(
            "ledger.account_year", "ledger.account_year", 15,
            """
            t.person_id, t.run_id, t.opening_fen, t.brought_in_fen, t.credit_fen, t.interest_fen, t.other_in_fen,
            t.payment_fen, t.other_out_fen, t.closing_fen, t.prior_year_fen, t.closing_this_year_fen,
            t.closing_last_year_fen, t.closing_earlier_fen, t.year
            """, by: "t.person_id, t.year"
        ) { "t.year = \(literal: $0.ledger.year)" },
    ]
}
