import Money
import Postgres
import Settlement

extension Statement {
    /// The newest answers about statements that end on the day.
    fileprivate static let answersOfDay = Statement(
        "answers of day",
        """
        SELECT c.fixmedins_code,
               coalesce((SELECT i.fixmedins_name FROM intake.institution i
                         WHERE i.fixmedins_code = c.fixmedins_code AND i.valid
                         ORDER BY i.begndate <= $1 DESC, i.begndate DESC, i.batch_id DESC LIMIT 1), c.fixmedins_code),
               c.insutype::int, c.clr_type::int, c.stmt_begndate, c.stmt_enddate, c.is_equal, c.has_detail,
               c.medfee_theirs_fen, c.medfee_ours_fen, c.fund_pay_theirs_fen, c.fund_pay_ours_fen,
               c.acct_pay_theirs_fen, c.acct_pay_ours_fen, c.setl_cnt_theirs, c.setl_cnt_ours
        FROM run.statement_check c
        WHERE c.stmt_enddate = $1 AND c.run_id = (
            SELECT max(n.run_id) FROM run.statement_check n
            JOIN run.run s ON s.run_id = n.run_id AND s.state = 'completed'
            WHERE n.fixmedins_code = c.fixmedins_code AND n.insutype = c.insutype AND n.clr_type = c.clr_type
              AND n.stmt_begndate = c.stmt_begndate AND n.stmt_enddate = c.stmt_enddate)
        ORDER BY c.is_equal, c.fixmedins_code, c.insutype, c.clr_type, c.stmt_begndate
        """)

    /// The delivered statements themselves, in force for the reconciliation that looked last.
    fileprivate static let statedOfDay = Statement(
        "stated of day",
        """
        SELECT coalesce(sum(s.fixmedins_setl_cnt), 0)::bigint, coalesce(sum(s.medfee_sumamt_fen), 0)::bigint
        FROM (SELECT DISTINCT ON (fixmedins_code, insutype, clr_type, stmt_begndate) fixmedins_setl_cnt, medfee_sumamt_fen
              FROM intake.institution_statement t
              WHERE stmt_enddate = $1 AND batch_id <= (
                  SELECT max(r.batch_upto) FROM run.statement_check c
                  JOIN run.run r ON r.run_id = c.run_id AND r.state = 'completed'
                  WHERE c.fixmedins_code = t.fixmedins_code AND c.insutype = t.insutype AND c.clr_type = t.clr_type
                    AND c.stmt_begndate = t.stmt_begndate AND c.stmt_enddate = t.stmt_enddate)
              ORDER BY fixmedins_code, insutype, clr_type, stmt_begndate, batch_id DESC) s
        """)

    fileprivate static let openByAge = Statement(
        "open by age",
        """
        SELECT d.class, count(*) FILTER (WHERE $1 - d.opened_on <= 1),
               count(*) FILTER (WHERE $1 - d.opened_on BETWEEN 2 AND 7),
               count(*) FILTER (WHERE $1 - d.opened_on BETWEEN 8 AND 30), count(*) FILTER (WHERE $1 - d.opened_on > 30),
               coalesce(sum(abs(coalesce(d.amount_theirs, 0) - coalesce(d.amount_ours, 0))) * 100, 0)::bigint
        FROM report.discrepancy d WHERE d.state = 'open' AND d.opened_on <= $1
        GROUP BY d.class ORDER BY d.class
        """)

    fileprivate static let openCount = Statement(
        "open count",
        "SELECT count(*) FROM report.discrepancy d WHERE d.state = 'open' AND d.opened_on BETWEEN $2 AND $1")

    /// Rows of the month's nights up to this one that no later one of them has replaced.
    fileprivate static let refusedOfNights = Statement(
        "refused of nights",
        """
        SELECT v.name, v.title, v.remedy, count(*) FILTER (WHERE a.run_id = $2), count(*),
               coalesce(sum(s.medfee_sumamt_fen), 0)::bigint
        FROM ledger.adjudication a
        JOIN ledger.verdict v ON v.code = a.verdict
        JOIN intake.settlement s
            ON s.person_id = a.person_id AND s.setl_time = a.setl_time AND s.setl_id = a.settlement_id
        WHERE a.run_id = ANY ($1) AND a.verdict >= 10
          AND NOT EXISTS (SELECT FROM ledger.adjudication n
                          WHERE n.person_id = a.person_id AND n.settlement_id = a.settlement_id
                            AND n.revision > a.revision AND n.run_id = ANY ($1))
        GROUP BY v.code, v.name, v.title, v.remedy ORDER BY count(*) DESC, v.code
        """)

    /// The same rows counted from the settlements: the newest of each that the nights wrote.
    fileprivate static let refusedInForce = Statement(
        "refused in force",
        """
        SELECT count(*) FROM (
            SELECT DISTINCT ON (a.person_id, a.settlement_id) a.verdict FROM ledger.adjudication a
            WHERE a.run_id = ANY ($1) ORDER BY a.person_id, a.settlement_id, a.revision DESC) n
        WHERE n.verdict >= 10
        """)
}

extension ReconciliationFacts {
    init(_ date: CivilDate, _ connection: inout Connection) throws {
        let all = try RunStore.all(&connection)
        guard let run = NightlySchedule(all).settlingRun(of: date) else { throw ReportGap.notDone(.nightly(date)) }
        self.date = date
        self.run = run
        totals = try ReportTotals(of: [run.id], &connection)
        statements = try connection.rows(.answersOfDay, date, decode: Statement3201.init)
        stated =
            try connection.first(.statedOfDay, date) { row throws(DatabaseError) in
                Count(rows: try row[0, as: Int64.self], amount: try row[1, as: Fen.self])
            } ?? Count()
        differences = try connection.rows(.openByAge, date) { row throws(DatabaseError) in
            AgedDifferences(
                kind: try row[0, as: DiscrepancyClass.self],
                counts: try (1...4).map { column throws(DatabaseError) in
                    try row[column, as: Int64.self]
                },
                amount: try row[5, as: Fen.self])
        }
        openDifferences = try connection.figure(.openCount, date, Month.first(of: 1).firstDay)
        let nights = all.filter {
            $0.instance.job == .nightly && $0.state == .completed && $0.postingMonth == run.postingMonth
                && $0.id <= run.id
        }.map(\.id)
        refused = try connection.rows(.refusedOfNights, nights, run.id) { row throws(DatabaseError) in
            Refused(
                name: try row[0, as: String.self], title: try row[1, as: String.self],
                remedy: try row[2, as: String.self], tonight: try row[3, as: Int64.self],
                ofMonth: try row[4, as: Int64.self], fees: try row[5, as: Fen.self])
        }
        refusedOfMonth =
            try connection.first(.refusedInForce, nights) { row throws(DatabaseError) in
                try row[0, as: Int64.self]
            } ?? 0
    }
}

extension ReconciliationFacts.Statement3201 {
    fileprivate init(_ row: borrowing Row) throws(DatabaseError) {
        institution = try row[0, as: String.self]
        name = try row[1, as: String.self]
        insurance = try row[2, as: Int32.self]
        clearingType = try row[3, as: Int32.self]
        from = try row[4, as: CivilDate.self]
        through = try row[5, as: CivilDate.self]
        isEqual = try row[6, as: Bool.self]
        hasDetail = try row[7, as: Bool.self]
        fees = .init(theirs: try row[8, as: Fen.self], ours: try row[9, as: Fen.self])
        fund = .init(theirs: try row[10, as: Fen.self], ours: try row[11, as: Fen.self])
        account = .init(theirs: try row[12, as: Fen.self], ours: try row[13, as: Fen.self])
        visits = .init(theirs: try row[14, as: Int64.self], ours: try row[15, as: Int64.self])
    }
}
