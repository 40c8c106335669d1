import Jobs
import Money
import Policy
import Postgres
import Reports
import Testing

@Suite(.serialized, .scratch) struct `The fund watch` {
    /// Adjudications in force with their institution and sign, reckoned from the settlements.
    private static let inForce: SQLText = """
        WITH f AS (
            SELECT s.fixmedins_code, s.person_id, a.pool_payment_fen AS pool,
                   CASE WHEN a.verdict <> 0 THEN 0 WHEN s.refd_setl_flag THEN -1 ELSE 1 END AS visits
            FROM intake.settlement s JOIN ledger.adjudication a ON a.person_id = s.person_id AND a.settlement_id = s.setl_id
            WHERE a.revision = (SELECT max(n.revision) FROM ledger.adjudication n
                                WHERE n.person_id = a.person_id AND n.settlement_id = a.settlement_id))
        """

    @Test(arguments: [UInt64(5), 6]) func `says what the ledger and the books come to`(seed: UInt64) async throws {
        let town = try await ReportTown.settled(seed: seed)
        let report = try #require(try town.reports().watch(year: 2023).first)
        let pool = try town.database.rows(
            """
            SELECT sum(l.debit_fen - l.credit_fen)::text FROM ledger.voucher v JOIN ledger.voucher_line l USING (voucher_id)
            WHERE v.kind = 'outpatient_benefits' AND l.subject_code = '50010001'
            GROUP BY v.posting_month ORDER BY v.posting_month
            """
        ).map { try #require(Int64($0)) }
        let months = try report.lines("months")
        #expect(months.map { $0[0] } == (1...12).map { "2023-\($0 < 10 ? "0" : "")\($0)" })
        #expect(months.prefix(3).map { $0[1] } == pool.map { "\(Fen($0))" })
        let all = pool.reduce(0, +)
        #expect(months[2][2] == "\(Fen(all))" && all > 0)
        #expect(months[11][3] == "\(Fen(all * 4))")
        #expect(months.allSatisfy { $0[4].isEmpty })

        let levels = try report.sums("levels")
        let people = try report.sums("people")
        let found = try town.database.rows(
            """
            \(Self.inForce)
            SELECT concat_ws(' ', (SELECT sum(visits) FROM f), (SELECT sum(pool) FROM f),
                (SELECT count(*) FROM (SELECT FROM f GROUP BY fixmedins_code HAVING sum(visits) <> 0 OR sum(pool) <> 0) i),
                (SELECT count(*) FROM (SELECT FROM f GROUP BY person_id HAVING sum(visits) <> 0 OR sum(pool) <> 0) p))
            """)
        let (visits, paid) = (try #require(levels["visits"]), try #require(levels["hifp_pay"]))
        let (institutions, persons) = (try #require(levels["institutions"]), try #require(people["people"]))
        #expect(found == ["\(visits) \(paid) \(institutions) \(persons)"])
        #expect((people["visits"], people["hifp_pay"]) == (visits, paid))

        // Bands against those of a median that is reckoned person by person.
        let bands = try town.database.rows(
            """
            \(Self.inForce),
            p AS (SELECT f.person_id, sum(visits) AS visits,
                         (SELECT max(psn_category) FROM ledger.adjudication a WHERE a.person_id = f.person_id) AS category
                  FROM f GROUP BY f.person_id HAVING sum(visits) > 0),
            ranked AS (SELECT *, row_number() OVER (PARTITION BY category ORDER BY visits) AS place,
                              count(*) OVER (PARTITION BY category) AS size FROM p),
            middle AS (SELECT category, visits AS median FROM ranked WHERE place = (size + 1) / 2)
            SELECT concat_ws(' ', median, count(*) FILTER (WHERE p.visits <= median), count(*) FILTER (WHERE p.visits > median))
            FROM p JOIN middle USING (category) GROUP BY category, median ORDER BY category
            """)
        var counted: [String] = []
        let lines = try report.lines("people").filter { !$0[2].isEmpty }
        for category in lines.map({ $0[0] }) where !counted.contains(where: { $0.hasPrefix("\(category):") }) {
            let own = lines.filter { $0[0] == category }
            let counts = try own.map { (isBelow: $0[1] == "up to the median", people: try #require(Int($0[4]))) }
            let below = counts.filter(\.isBelow).reduce(0) { $0 + $1.people }
            let above = counts.filter { !$0.isBelow }.reduce(0) { $0 + $1.people }
            counted.append("\(category):\(own[0][2]) \(below) \(above)")
        }
        #expect(counted.map { String($0.drop { $0 != ":" }.dropFirst()) } == bands)
    }

    @Test(arguments: [UInt64(5), 6]) func `lists whose visits lie farthest above their category, masked`(
        seed: UInt64
    ) async throws {
        let town = try await ReportTown.settled(seed: seed)
        let report = try #require(try town.reports().watch(year: 2023).first)
        let far = try town.database.rows(
            """
            \(Self.inForce),
            place AS (SELECT f.person_id, f.fixmedins_code, sum(visits) AS visits, sum(pool) AS pool FROM f GROUP BY 1, 2),
            p AS (SELECT person_id, sum(visits) AS visits, sum(pool) AS pool, count(*) FILTER (WHERE visits > 0) AS places,
                         (SELECT max(psn_category) FROM ledger.adjudication a WHERE a.person_id = place.person_id) AS category
                  FROM place GROUP BY person_id HAVING sum(visits) > 0),
            middle AS (SELECT category, percentile_disc(0.5) WITHIN GROUP (ORDER BY visits) AS median FROM p GROUP BY category),
            spread AS (SELECT category, median,
                              greatest(1, percentile_disc(0.5) WITHIN GROUP (ORDER BY abs(visits - median))) AS deviation
                       FROM p JOIN middle USING (category) GROUP BY category, median)
            SELECT concat_ws(' ', left(q.psn_no, 4), right(q.psn_no, 4), q.insu_admdvs, p.visits, places, p.pool, median, deviation)
            FROM p JOIN spread USING (category) JOIN intake.person q USING (person_id)
            WHERE p.visits > median + 3 * deviation
            ORDER BY (p.visits - median)::numeric / deviation DESC, p.visits - median DESC, p.pool DESC, person_id LIMIT 20
            """)
        #expect(!far.isEmpty)
        let listed = try report.lines("far_people").map { line in
            try #require(line[0].contains("**********") && line[0].count == 22)
            let pool = line[5].replacing(".", with: "").drop { $0 == "0" }
            return [
                String(line[0].prefix(4)), String(line[0].suffix(4)), line[1], line[3], line[4],
                pool.isEmpty ? "0" : String(pool), line[6], line[7],
            ].joined(separator: " ")
        }
        #expect(listed == far)
    }

    /// Five village hospitals, one person each: 70 % above 750.00.
    private func village() async throws -> ReportTown {
        let database = try Scratch.database()
        let codes = ["P1", "P2", "P3", "P4", "P5"]
        func rows(_ line: (String) -> String) -> String { codes.map { line($0) + "\n" }.joined() }
        try database.load([
            "person.csv": "psn_no,insu_admdvs\n" + rows { "320700000\($0)0001,320703" },
            "enrolment.csv": "psn_no,insutype,psn_type,begndate\n" + rows { "320700000\($0)0001,310,1101,2010-01-01" },
            "institution.csv": NightlyTown.institutionHeader + rows { "\($0),=卫生院\($0),1,09,320703,2010-01-01" },
        ])
        var visits = zip(codes, [900_00, 910_00, 920_00, 930_00, 5000_00] as [Int64]).map { code, total in
            NightlySettlement(code) {
                ($0.person, $0.institution, $0.total) = ("320700000\(code)0001", code, Fen(total))
            }
        }
        visits.append(
            NightlySettlement("again") {
                ($0.person, $0.institution, $0.total) = ("320700000P10001", "P1", Fen(160_00))
                $0.time = "2023-02-10 09:00:00"
            })
        try database.load(NightlyTown.settlements(visits))
        for month in ["2023-01", "2023-02"] {
            try await database.nightly(try #require(Month(month)).lastDay)
            try await database.monthEnd(month)
        }
        return ReportTown(database: database)
    }

    @Test func `names institutions far from their peers, no person, and the budget if there is one`() async throws {
        let town = try await village()
        let report = try #require(try town.reports().watch(year: 2023).first)
        // (900 − 750) × 70 % = 105.00, and 112.00 for the second visit; 112.00, 119.00, 126.00, 2975.00 elsewhere. The
        // median is 119.00; from it 10.50, 7.00, 0.00, 7.00 and 2856.00, of which the median is 7.00.
        #expect(
            try report.text("pool_per_visit") == """
                \u{FEFF}机构编码,机构名称,级别,统筹人次,人数,统筹支付,次均统筹支付,同级中位数,绝对中位差\r
                P5,'=卫生院P5,一级及以下,1,1,2975.00,2975.00,119.00,7.00\r

                """)
        #expect(
            try report.text("visits_per_hundred") == """
                \u{FEFF}机构编码,机构名称,级别,统筹人次,人数,统筹支付,百人就诊人次,同级中位数,绝对中位差\r
                P1,'=卫生院P1,一级及以下,2,1,217.00,200,100,5\r

                """)
        #expect(
            try report.text("people") == """
                \u{FEFF}人员类别,就诊次数,中位数,绝对中位差,人数,统筹人次,统筹支付\r
                在职职工,不高于中位数,1,1,4,4,3332.00\r
                在职职工,高出3倍差以内,1,1,1,2,217.00\r
                合计,,,,5,6,3549.00\r
                应等于：按机构统计的人次；各次运行的控制总数,,,,,6,3549.00\r

                """)
        #expect(report.figures.map(\.value).prefix(3) == [.money(Fen(3549_00)), unsupplied, .money(Fen(21294_00))])
        #expect(report.notes.contains { $0.contains("未提供年度预算，图中无预算线") })
        for table in report.tables.map(\.id) { #expect(try !report.text(table).contains("0001"), "\(table)") }

        let january = try #require(try town.reports().watch(.first(of: 2023)).first)
        #expect(january.name == "watch-2023-01")
        // 3437.00 in one month, all of which January paid.
        #expect(january.figures.map(\.value).prefix(3) == [.money(Fen(3437_00)), unsupplied, .money(Fen(41244_00))])

        let office = OfficeReports(
            settings: town.database.settings(), rules: try TestRules.supplied(ClearingTown.tables),
            office: nil)
        let budgeted = try #require(try office.watch(year: 2023).first)
        // T 120.00 and the secondary level 400.00.
        #expect(budgeted.figures[1].value == .money(Fen(520_00)))
        #expect(budgeted.figures[1].note?.chinese == "已用682.5%")
        #expect(budgeted.figures[3].value == .money(Fen(-20774_00)))
        #expect(!budgeted.notes.contains { $0.contains("未提供年度预算") })
        #expect(try budgeted.lines("months")[1][4] == "6.8250")
    }

    @Test(arguments: [
        ("UPDATE ledger.adjudication SET pool_payment_fen = pool_payment_fen - 1 WHERE settlement_id = 'P5'", "levels"),
        (
            "UPDATE run.control_total SET amount_fen = amount_fen - 1 WHERE measure = 'institution.pool' AND item = 'P5'",
            "months"
        ),
    ])
    func `is refused where ledger, control totals and books differ`(altered: String, table: String) async throws {
        let town = try await village()
        try town.database.tamper(altered)
        let folder = try ReportFolder(try Scratch.path("reports"), language: .chinese)
        let report = try #require(try town.reports().watch(year: 2023).first)
        let error = try #require(throws: ReportError.self) { try folder.write(report, as: [.html]) }
        #expect(error.isDifference && "\(error)".contains("table \(table), column hifp_pay"), "\(error)")
    }

    @Test func `stands when the year is closed: the forecast is what was paid`() async throws {
        let town = ReportTown(database: try await YearEndTown.closed())
        let report = try #require(try town.reports().watch(year: 2023).first)
        // 150.00 + 1300.00 of W1, 105.00, 30.00 and the ceiling's 6000.00; what was given back is gone.
        #expect(report.figures.map(\.value).prefix(3) == [.money(Fen(7585_00)), unsupplied, .money(Fen(7585_00))])
        #expect(try report.lines("months").map { $0[3] }.allSatisfy(\.isEmpty))
        #expect(try report.sums("people")["visits"] == 5)
        #expect(report.origin.instance == Phrase("年度结算 2023", "annual settlement 2023"))
        let folder = try ReportFolder(try Scratch.path("reports"), language: .english)
        #expect(try folder.write(report, as: ReportFormat.allCases).count == 14)
    }

    private var unsupplied: Cell { .phrase(Phrase("未提供", "not supplied")) }

    @Test func `waits for a settled month`() async throws {
        let town = ReportTown(database: try SmallTown(months: "2023-01"..."2023-03").database())
        let january = Month.first(of: 2023)
        #expect(throws: ReportGap.notDone(.monthEnd(january))) { try town.reports().watch(year: 2023) }
        #expect(throws: ReportGap.notDone(.monthEnd(january.next))) { try town.reports().watch(january.next) }
    }
}

extension Report {
    /// A table's rows in its file for programs. Names in these towns hold no commas.
    fileprivate func lines(_ table: String) throws -> [[String]] {
        let table = try #require(tables.first { $0.id == table })
        var lines: [[String]] = []
        try CSVWriter(for: .programs).write(table, of: name) { line in
            lines.append(line.dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        }
        return Array(lines.dropFirst())
    }

    /// A table's file for people.
    fileprivate func text(_ table: String) throws -> String {
        let table = try #require(tables.first { $0.id == table })
        var text = ""
        try CSVWriter(for: .people(.chinese)).write(table, of: name) { text += $0 }
        return text
    }

    fileprivate var notes: [String] {
        sections.flatMap { section -> [String] in
            if case .notes(_, let notes) = section { notes.map(\.chinese) } else { [] }
        }
    }
}
