import Intake
import Money
import Policy
import Postgres
package import Reports

extension ReportKind {
    static let statement = ReportKind(rawValue: "statement")
}

/// 个人账户对账单 as a report, of one person or of all people of a unit, read chunk by chunk and laid aside on disk.
struct StatementReport {
    private let reader: StatementReader
    private let run: Run
    private let books: StatementBooks
    private let office: String?
    private var spool: RecordSpool
    private var totals = StatementTotals()
    private var count: Int64 = 0
    /// Persons with neither money nor settlement in the year.
    private var emptyCount: Int64 = 0

    private init(_ reader: StatementReader, office: String?) throws {
        self.reader = reader
        self.office = office
        books = try reader.books.state()
        guard let run = reader.books.latestRun else {
            throw StatementError.notReachedYet(year: reader.year, reached: nil)
        }
        self.run = run
        spool = try RecordSpool()
    }

    /// Of one person.
    ///
    /// - Parameter number: `psn_no`.
    static func of(
        person number: String, _ reader: StatementReader, office: String?, _ connection: inout Connection
    ) throws -> Report {
        let statement = try AccountStatement.ask(of: number, reader, &connection)
        var report = try StatementReport(reader, office: office)
        try report.add([statement], &connection)
        let label = statement.holder.number ?? "\(statement.person)"
        return try report.finished(
            about: ReportSubject("person", "\(statement.person)", label: Phrase(verbatim: label)), listed: [])
    }

    /// Of everybody enrolled with a unit during the year.
    ///
    /// - Parameters:
    ///   - unit: `emp_no`.
    ///   - chunkSize: persons read at a time.
    static func of(
        unit: String, insurance: Int16, chunkSize: Int, _ reader: StatementReader, office: String?,
        _ connection: inout Connection
    ) throws -> Report {
        var report = try StatementReport(reader, office: office)
        let persons = try StatementUnit.persons(of: unit, year: reader.year, insurance: insurance, &connection)
        for start in stride(from: 0, to: persons.count, by: chunkSize) {
            let chunk = Array(persons[start..<min(start + chunkSize, persons.count)])
            try report.add(try reader.read(chunk, &connection), &connection)
        }
        return try report.finished(
            about: ReportSubject("unit", unit, label: Phrase("单位 \(unit)", "unit \(unit)")),
            listed: ["no", "psn_no", "psn_name", "opening", "credit", "interest", "payment", "other", "closing"])
    }

    private mutating func add(_ statements: [AccountStatement], _ connection: inout Connection) throws {
        for statement in statements {
            guard statement.differences.isEmpty else {
                throw StatementError.oneDoesNotTie(
                    person: statement.person, year: reader.year, statement.differences)
            }
            count += 1
            if statement.isEmpty { emptyCount += 1 }
            try spool.add(try StatementRecord(statement, number: count).record())
        }
        try totals.add(statements.map(\.person), year: reader.year, &connection)
    }

    private func finished(about subject: ReportSubject, listed: [String]) throws -> Report {
        let tables = StatementTables(try spool.rows(), totals, isClosed: books.isClosed)
        let nobody =
            emptyCount == 0
            ? nil
            : Phrase(
                "其中\(emptyCount.grouped)人本年无余额、收支和结算", "\(emptyCount.grouped) of them with nothing in the year")
        return Report(
            kind: .statement, title: StatementReport.title, period: .year(reader.year), subject: subject,
            origin: try run.origin(office: office),
            figures: [
                Figure(Phrase("人数", "People"), .count(count), note: nobody),
                Figure(Phrase("划入", "Credited"), .money(totals[.credit])),
                Figure(Phrase("支付", "Paid"), .money(totals[.payment])),
                Figure(
                    books.isClosed ? Phrase("年末余额", "Balance at the end") : Phrase("余额", "Balance"),
                    .money(totals[.closing]),
                    note: Phrase("上年结转 \(totals[.opening].grouped)", "carried forward \(totals[.opening].grouped)")),
            ],
            sections: [.records(try tables.set(listed: listed, page: page))])
    }

    private static let title = Phrase("个人账户对账单", "Personal account statement")

    private var page: RecordPage {
        RecordPage(
            title: StatementReport.title,
            facts: ["psn_name", "psn_no", "insu_admdvs", "psn_category"],
            parts: [
                .figures(
                    Phrase("本年合计", "The year"),
                    [
                        "opening", "brought_in", "credit", "interest", "other_in", "payment", "other_out", "closing",
                        "closing_this_year", "closing_last_year", "closing_earlier", "prior_year",
                    ]),
                .rows(
                    of: "account", columns: ["posted_on", "kind", "for", "amount", "balance"], isLeftOutIfEmpty: false),
                .figures(
                    Phrase("门诊统筹", "Outpatient pooling"),
                    ["visits", "inscp_scp_amt", "act_pay_dedc", "deductible_left", "hifp_pay", "ceiling_left"]),
                .rows(
                    of: "settlements",
                    columns: [
                        "setl_date", "for", "medfee_sumamt", "inscp_scp_amt", "act_pay_dedc", "pool_rate", "hifp_pay",
                        "acct_pay", "acct_mulaid_pay", "psn_cash_pay",
                    ], isLeftOutIfEmpty: false),
                .rows(
                    of: "family", columns: ["setl_date", "patient", "relation", "institution", "amount"],
                    isLeftOutIfEmpty: true),
            ],
            closing: closing,
            signatures: [
                Phrase("\(office ?? "经办机构")（盖章）", "\(office ?? "Agency") (seal)")
            ])
    }

    /// How far the books are, and what they rest on.
    private var closing: [Phrase] {
        var lines: [Phrase] = []
        switch books {
        case .closed(let run, let finishedAt, let certificate):
            let moment = finishedAt.map { Phrase("，\($0)", ", \($0)") } ?? Phrase(verbatim: "")
            lines.append(
                Phrase("\(reader.year)年度账簿已结账（运行 \(run)", "The books of \(reader.year) are closed (run \(run)")
                    + moment + Phrase("），逐笔合计与年度账一致。", "); the lines come to what the books keep."))
            if let certificate { lines.append(Phrase("年结证书 \(certificate)", "Certificate \(certificate)")) }
        case .open(let night, let month):
            let reached = [
                night.map { Phrase("结算到 \($0)", "settled through \($0)") },
                month.map { Phrase("划入到 \($0)", "credited through \($0)") },
            ].compactMap(\.self)
            lines.append(
                Phrase(
                    "\(reader.year)年度账簿尚未结账：截至目前\(reached.map(\.chinese).joined(separator: "、"))。",
                    "The books of \(reader.year) are not closed: as of now \(reached.map(\.english).joined(separator: ", "))."
                ))
        }
        lines.append(Phrase("规则摘要 \(run.rulesDigest)", "Rules \(run.rulesDigest)"))
        return lines
    }
}

extension OfficeReports {
    /// 个人账户对账单 of one person.
    ///
    /// - Parameter number: `psn_no`.
    /// - Throws: ``StatementError``, ``JobError``, `PolicyError`, `FileError`, `DatabaseError`.
    package func statement(person number: String, year: Int, naming: PersonNaming) throws -> [Report] {
        try look { connection in
            try naming.check(&connection)
            let reader = try StatementReader(year, rules: rules, naming: naming, &connection)
            return [try StatementReport.of(person: number, reader, office: office, &connection)]
        }
    }

    /// 个人账户对账单 of all people who were enrolled with a unit in the year, by `psn_no`, after a list of them.
    ///
    /// - Parameters:
    ///   - unit: `emp_no`.
    ///   - chunkSize: persons read at a time.
    /// - Throws: ``StatementError``, ``JobError``, `PolicyError`, `FileError`, `DatabaseError`.
    package func statements(
        unit: String, year: Int, naming: PersonNaming, chunkSize: Int = 500
    ) throws -> [Report] {
        try look { connection in
            try naming.check(&connection)
            let reader = try StatementReader(year, rules: rules, naming: naming, &connection)
            let insurance = Int16(rules.pack.insurance) ?? 0
            return [
                try StatementReport.of(
                    unit: unit, insurance: insurance, chunkSize: chunkSize, reader, office: office, &connection)
            ]
        }
    }
}
