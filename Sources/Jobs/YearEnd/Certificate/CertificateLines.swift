import Crypto
import Money
import Postgres

/// A small table of which a certificate keeps a hash a group: the vouchers and totals of each run, the files of each batch.
private struct SealedGroups {
    /// The section of the certificate.
    let name: String
    let columnCount: Int
    /// The group as text first, then the columns; ordered by group and key.
    let query: @Sendable (YearSeal) -> SQLText

    static let all: [SealedGroups] = [
        SealedGroups(name: "voucher", columnCount: 14) { seal in
            """
            SELECT v.run_id::text, v.voucher_id, v.voucher_no, v.kind, v.posting_month, v.voucher_date, v.summary,
                   v.citation_id, l.line_no, l.subject_code, l.fixmedins_code, l.debit_fen, l.credit_fen, v.run_id
            FROM ledger.voucher v JOIN ledger.voucher_line l USING (voucher_id)
            WHERE \(seal.ledger.isOfYear(run: "v.run_id")) ORDER BY v.run_id, v.voucher_id, l.line_no
            """
        },
        SealedGroups(name: "control_total", columnCount: 6) { seal in
            """
            SELECT t.run_id::text, t.chunk_no, t.measure, t.item, t.row_count, t.amount_fen
            FROM run.control_total t WHERE \(seal.ledger.isOfYear(run: "t.run_id"))
            ORDER BY t.run_id, t.chunk_no, t.measure COLLATE "C", t.item COLLATE "C"
            """
        },
        SealedGroups(name: "run", columnCount: 9) { seal in
            """
            SELECT r.run_id::text, r.job, r.business_date, r.posting_month, r.horizon, r.batch_upto, r.chunk_count,
                   r.rule_pack_digest, r.program_version
            FROM run.run r WHERE \(seal.ledger.isOfYear(run: "r.run_id")) ORDER BY r.run_id
            """
        },
        SealedGroups(name: "rules", columnCount: 4) { seal in
            """
            SELECT p.digest, p.name, p.pack_text, p.site_text FROM run.rule_pack p
            WHERE p.digest IN (SELECT r.rule_pack_digest FROM run.run r WHERE \(seal.ledger.isOfYear(run: "r.run_id")))
            ORDER BY p.digest COLLATE "C"
            """
        },
        SealedGroups(name: "batch", columnCount: 4) { seal in
            """
            SELECT t.batch_id::text, t.source, t.digest, t.latest_fact_on FROM intake.batch t
            WHERE \(seal.isKnown) ORDER BY t.batch_id
            """
        },
        SealedGroups(name: "batch_file", columnCount: 6) { seal in
            """
            SELECT t.batch_id::text, t.file_name, t.rows_read, t.rows_new, t.rows_replacing, t.rows_unchanged
            FROM intake.batch_file t WHERE \(seal.isKnown) ORDER BY t.batch_id, t.file_name COLLATE "C"
            """
        },
        SealedGroups(name: "institution", columnCount: 9) { seal in
            """
            SELECT t.fixmedins_code, t.begndate, t.batch_id, t.enddate, t.valid, t.fixmedins_type, t.fixmedins_name, t.hosp_lv,
                   t.fix_blng_admdvs
            FROM intake.institution t WHERE \(seal.isKnown) ORDER BY t.fixmedins_code, t.begndate, t.batch_id
            """
        },
        SealedGroups(name: "institution_statement", columnCount: 11) { seal in
            """
            SELECT t.fixmedins_code, t.insutype, t.clr_type, t.stmt_begndate, t.stmt_enddate, t.batch_id,
                   t.medfee_sumamt_fen, t.fund_pay_sumamt_fen, t.acct_pay_fen, t.fixmedins_setl_cnt, t.refd_setl_flag
            FROM intake.institution_statement t WHERE \(seal.isKnown)
            ORDER BY t.fixmedins_code, t.insutype, t.clr_type, t.stmt_begndate, t.stmt_enddate, t.batch_id
            """
        },
        SealedGroups(name: "institution_statement_line", columnCount: 9) { seal in
            """
            SELECT t.fixmedins_code, t.setl_id, t.refd_setl_flag, t.batch_id, t.mdtrt_id, t.psn_no, t.medfee_sumamt_fen,
                   t.fund_pay_sumamt_fen, t.acct_pay_fen
            FROM intake.institution_statement_line t WHERE \(seal.isKnown)
            ORDER BY t.fixmedins_code, t.setl_id, t.refd_setl_flag, t.batch_id
            """
        },
        SealedGroups(name: "statement_check", columnCount: 17) { seal in
            """
            SELECT t.run_id::text, t.fixmedins_code, t.insutype, t.clr_type, t.stmt_begndate, t.stmt_enddate,
                   t.refd_setl_flag, t.is_equal, t.has_detail, t.medfee_theirs_fen, t.medfee_ours_fen, t.fund_pay_theirs_fen,
                   t.fund_pay_ours_fen, t.acct_pay_theirs_fen, t.acct_pay_ours_fen, t.setl_cnt_theirs, t.setl_cnt_ours
            FROM run.statement_check t WHERE \(seal.ledger.isOfYear(run: "t.run_id"))
            ORDER BY t.run_id, t.fixmedins_code, t.insutype, t.clr_type, t.stmt_begndate, t.stmt_enddate
            """
        },
        SealedGroups(name: "discrepancy", columnCount: 10) { seal in
            """
            SELECT t.run_id::text, t.discrepancy_id, t.revision, t.amount_theirs_fen, t.amount_ours_fen, t.opened_on, t.class,
                   t.item, t.fixmedins_code, t.setl_id
            FROM run.discrepancy t WHERE \(seal.ledger.isOfYear(run: "t.run_id"))
            ORDER BY t.run_id, t.discrepancy_id, t.revision
            """
        },
        SealedGroups(name: "institution_clearing", columnCount: 10) { seal in
            """
            SELECT t.fixmedins_code, t.fund, t.month, t.run_id, t.incurred_fen, t.withheld_fen,
                   t.annual_fen, t.deposit_fen, t.payment_fen, t.carried_fen
            FROM ledger.institution_clearing t WHERE \(seal.ledger.isOfYear(run: "t.run_id"))
            ORDER BY t.fixmedins_code, t.fund COLLATE "C", t.month, t.run_id
            """
        },
        SealedGroups(name: "institution_year", columnCount: 13) { seal in
            """
            SELECT t.fixmedins_code, t.fund, t.year, t.run_id, t.incurred_fen, t.recognised_fen, t.budget_fen,
                   t.adjustment_fen, t.deposit_held_fen, t.deposit_returned_fen, t.deposit_forfeited_fen, t.paid_fen,
                   t.payable_fen
            FROM ledger.institution_year t WHERE t.year = \(literal: seal.ledger.year)
            ORDER BY t.fixmedins_code, t.fund COLLATE "C"
            """
        },
    ]

    func lines(_ seal: YearSeal, _ connection: inout Connection) throws -> [CertificateLine] {
        let statement = Statement("groups to seal", "COPY (\(query(seal))) TO STDOUT (FORMAT binary)")
        var lines: [CertificateLine] = []
        var (group, hash, rows) = ("", SHA256(), Int64(0))
        func close() {
            if rows > 0 { lines.append(CertificateLine(name, group, rows: rows, digest: hexadecimal(hash.finalize()))) }
        }
        _ = try connection.copyOut(statement, columns: columnCount) { row in
            let next = try row.string()
            if next != group {
                close()
                (group, hash, rows) = (next, SHA256(), 0)
            }
            try row.rest { $0.withUnsafeBytes { hash.update(bufferPointer: $0) } }
            rows += 1
        }
        close()
        return lines
    }
}

extension Statement {
    fileprivate static let trialBalanceThrough = Statement(
        "trial balance through",
        """
        SELECT l.subject_code, count(*), (sum(l.debit_fen) - sum(l.credit_fen))::bigint
        FROM ledger.voucher v JOIN ledger.voucher_line l USING (voucher_id)
        WHERE v.posting_month <= $1 AND v.run_id <= $2 GROUP BY l.subject_code ORDER BY l.subject_code
        """)
}

extension Certificate {
    /// The statements of a year, computed from the database as it stands.
    ///
    /// - Parameters:
    ///   - totals: what the year-end counted over its chunks.
    ///   - conserved: what became of the rows of each intake table.
    static func lines(
        of seal: YearSeal, totals: [ControlTotal], conserved: [RowConservation], programVersion: String,
        _ connection: inout Connection
    ) throws -> [CertificateLine] {
        var lines = [CertificateLine("program", programVersion)]
        for groups in SealedGroups.all {
            lines += try groups.lines(seal, &connection)
        }
        lines += conserved.flatMap(\.lines)
        let proven = totals.filter {
            $0.measure.hasPrefix("difference.") || $0.measure.hasPrefix("remainder.")
                || $0.measure.hasPrefix("account.")
                || $0.measure.hasPrefix("entry.") || $0.measure.hasPrefix("year.")
        }
        lines += proven.map {
            CertificateLine(
                "total", $0.item.isEmpty ? $0.measure : "\($0.measure) \($0.item)", rows: $0.count.rows,
                amount: $0.count.amount)
        }
        try connection.forEachRow(.trialBalanceThrough, Month.last(of: seal.ledger.year), seal.ledger.lastRun) { row in
            lines.append(
                CertificateLine(
                    "trial_balance", try row[0, as: String.self], rows: try row[1, as: Int64.self],
                    amount: try row[2, as: Fen.self]))
        }
        return lines
    }
}

extension RowConservation {
    fileprivate var lines: [CertificateLine] {
        [
            ("read", read), ("used", used), ("refused", refused), ("excepted", excepted), ("not_due", notDue),
            ("replaced", replaced), ("withdrawn", withdrawn), ("later", later),
        ].filter { $0.1 != 0 || $0.0 == "read" }.map { fate, rows in
            CertificateLine("conservation", "\(table) \(fate)", rows: rows)
        }
    }
}
