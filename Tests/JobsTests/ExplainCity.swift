import Jobs
import Logging
import Money
import Policy
import Postgres

@testable import settle

/// A city of a few persons, delivered and settled as an office does it: settlements up to March in the first night, what
/// comes after in the second; then the month-ends of May and June, each with the contributions known by then.
struct ExplainCity {
    let rules: RuleSet
    private let database: LoadDatabase

    static func settled() async throws -> ExplainCity {
        let city = ExplainCity(rules: try RuleSet.load(), database: try LoadDatabase.required())
        try city.forgetRuns()
        try city.database.load(city.people)
        try city.database.load(["settlement.csv": settlements(ExplainCity.untilMarch)])
        try await city.night("2023-03-31")
        try city.database.load(["settlement.csv": settlements(ExplainCity.afterMarch)])
        try await city.night("2023-06-30")
        try await city.monthEnd("2023-05")
        try city.database.load(["contribution.csv": ExplainCity.contributionHeader + ExplainCity.lateContributions])
        try await city.monthEnd("2023-06")
        return city
    }

    /// What has been delivered and nothing settled.
    static func delivered() throws -> ExplainCity {
        let city = ExplainCity(rules: try RuleSet.load(), database: try LoadDatabase.required())
        try city.forgetRuns()
        try city.database.load(city.people)
        try city.database.load(["settlement.csv": settlements(ExplainCity.untilMarch)])
        return city
    }

    func night(_ day: String) async throws {
        guard let date = CivilDate(day) else { return }
        _ = try await NightlyJob(context, date: date).run()
    }

    func monthEnd(_ name: String) async throws {
        guard let month = Month(name) else { return }
        _ = try await MonthEndJob(context, month: month).run()
    }

    func load(_ files: [String: String]) throws {
        try database.load(files)
    }

    func change(_ sql: String) throws {
        var connection = try database.connect()
        try connection.script(sql, name: "tampering")
    }

    /// As a member of the batch role, which is all that explaining needs.
    func explain(settlement id: String, by other: RuleSet? = nil) throws -> SettlementExplanation {
        var connection = try Connection(database.loaderSettings())
        return try SettlementExplanation.ask(&connection, rules: other ?? rules, settlement: id)
    }

    func explain(person: String, _ month: String) throws -> CreditExplanation {
        var connection = try Connection(database.loaderSettings())
        guard let month = Month(month) else { throw ExplainError.unknownPerson }
        return try CreditExplanation.ask(&connection, rules: rules, person: person, month: month)
    }

    func text(settlement id: String, _ language: ExplainLanguage) throws -> String {
        ExplainSettlementText(try explain(settlement: id), language).text
    }

    func text(person: String, _ month: String, _ language: ExplainLanguage) throws -> String {
        ExplainCreditText(try explain(person: person, month), language).text
    }

    func explainAsReportRole(settlement id: String) throws -> SettlementExplanation {
        var connection = try database.connect()
        try connection.execute(Statement("become reader", "SET ROLE settle_report"))
        return try SettlementExplanation.ask(&connection, rules: rules, settlement: id)
    }

    func settlementIDs() throws -> [String] {
        try database.rows("SELECT setl_id FROM intake.settlement ORDER BY setl_id")
    }

    func personNumbers() throws -> [String] {
        try database.rows("SELECT psn_no FROM intake.person ORDER BY psn_no")
    }

    /// The same figures with another digest.
    func otherRules() throws -> RuleSet {
        let site = """
            site: test
            completes: lianyungang-employee
            source: 测试用数字
            values:
              account.retiree_monthly_amount:
                2024-01-01: {value: 9000}
            """
        return try RuleSet.load(siteFile: try database.directory(["site.yaml": site]) + "/site.yaml")
    }

    func deliverLateContribution() throws {
        let row = "c9,unpaid,310,30,2023-05,6000.00,120.00,420.00,2023-07-01\n"
        try load(["contribution.csv": ExplainCity.contributionHeader + row])
    }

    private var context: JobContext {
        JobContext(
            settings: database.loaderSettings(), rules: rules,
            clock: Clock { CivilTime(CivilDate(dayNumber: 8_586)).unixSeconds }, programVersion: "test",
            owner: "a test", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func forgetRuns() throws {
        try change(
            """
            TRUNCATE run.run, run.rule_pack, run.citation, run.exception, run.finding, run.discrepancy_state,
                ledger.account_entry, ledger.adjudication, ledger.accumulator, ledger.period CASCADE;
            """)
    }
}

extension ExplainCity {
    private var people: [String: String] {
        [
            "person.csv": """
            psn_no,psn_name,certno,insu_admdvs
            worker,某甲,320700198001010011,320703
            ceiling,某乙,320700198001010012,320703
            partly,某丙,320700198001010013,320703
            late,某丁,320700198001010014,320703
            left,某戊,320700198001010015,320703
            retiree,某己,320700195001010016,320703
            no-level,某庚,320700196301010017,320703
            unpaid,某辛,320700198001010018,320703
            """,
            "enrolment.csv": """
            psn_no,insutype,psn_type,begndate,enddate
            worker,310,1101,2020-07-01,
            ceiling,310,1103,2015-01-01,
            partly,310,1101,2015-01-01,
            late,310,1101,2015-01-01,
            left,310,1101,2015-01-01,2023-02-28
            retiree,310,1101,1990-01-01,
            retiree,310,1201,2010-03-15,
            no-level,310,1101,1990-01-01,
            no-level,310,1201,2023-04-20,
            unpaid,310,1101,2015-01-01,
            """,
            "institution.csv": """
            fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,fix_blng_admdvs,begndate
            H3,三级医院,1,01,320700,2020-01-01
            H2,二级医院,1,05,320700,2020-01-01
            P1,药店,2,,320700,2020-01-01
            """,
            "fixed_credit.csv": """
            psn_no,year,year_total,december_amount
            retiree,2022,1000.00,90.00
            """,
            "contribution.csv": ExplainCity.contributionHeader + """
                c1,worker,310,10,2023-05,6000.00,120.00,420.00,2023-05-10
                c2,no-level,310,10,2023-05,6000.00,120.00,420.00,2023-05-10

                """,
        ]
    }

    private static let contributionHeader =
        "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time\n"

    private static let lateContributions = """
        c3,worker,310,34,2023-05,500.25,10.01,35.02,2023-06-15
        c4,worker,310,35,2023-05,0.00,0.00,30.00,2023-06-15

        """

    static func settlements(_ rows: [String]) -> String {
        """
        setl_id,psn_no,med_type,fixmedins_code,rx_fixmedins_code,setl_time,medfee_sumamt,fulamt_ownpay_amt,\
        overlmt_selfpay,preselfpay_amt,inscp_scp_amt,act_pay_dedc,hifp_pay,acct_pay,acct_mulaid_pay,psn_cash_pay,\
        refd_setl_flag,init_setl_id,mdtrt_id,insutype

        """ + rows.map { "\($0),visit,310\n" }.joined()
    }

    /// (945.00 − 750.00) × 60 % = 117.00 is the first.
    private static let untilMarch = [
        "s1,worker,11,H3,,2023-03-05 10:20:00,1045.00,50.00,20.00,30.00,945.00,750.00,117.00,500.00,0.00,428.00,0,",
        "s2,worker,41,P1,H2,2023-03-06 09:00:00,100.01,0.00,0.00,0.00,100.01,0.00,60.00,0.00,0.00,40.01,0,",
        "s3,worker,41,P1,,2023-03-07 09:00:00,30.00,0.00,0.00,0.00,30.00,,,20.00,0.00,10.00,0,",
        "s4,worker,140104,H3,,2023-03-08 09:00:00,30.00,0.00,0.00,0.00,30.00,,,0.00,0.00,30.00,0,",
        "s5,left,11,H3,,2023-03-05 10:20:00,900.00,0.00,0.00,0.00,900.00,750.00,90.00,0.00,0.00,810.00,0,",
        "k1,ceiling,11,H3,,2023-03-05 10:20:00,10000.00,0.00,0.00,0.00,10000.00,,,0.00,0.00,,0,",
        "k2,ceiling,13,H3,,2023-03-06 10:20:00,2000.00,0.00,0.00,0.00,2000.00,,,0.00,0.00,,0,",
        "p1,partly,11,H3,,2023-03-05 10:20:00,945.00,0.00,0.00,0.00,945.00,,,0.00,0.00,,0,",
        "l2,late,11,H3,,2023-03-20 10:20:00,800.00,0.00,0.00,0.00,800.00,,,0.00,0.00,,0,",
    ]

    static let afterTheNight =
        "n1,worker,11,H3,,2023-07-01 10:20:00,30.00,0.00,0.00,0.00,30.00,,,0.00,0.00,,0,"

    private static let afterMarch = [
        "r1,worker,11,H3,,2023-04-05 10:20:00,-1045.00,-50.00,-20.00,-30.00,-945.00,,,-500.00,0.00,,1,s1",
        "r2,partly,11,H3,,2023-04-05 10:20:00,-100.00,0.00,0.00,0.00,-100.00,,,0.00,0.00,,1,p1",
        "r3,partly,11,H3,,2023-04-06 10:20:00,-100.00,0.00,0.00,0.00,-100.00,,,0.00,0.00,,1,p9",
        "r4,worker,41,P1,,2023-04-05 11:00:00,-30.00,0.00,0.00,0.00,-30.00,,,-20.00,0.00,,1,s3",
        "l1,late,11,H3,,2023-03-10 10:20:00,100.00,0.00,0.00,0.00,100.00,,,0.00,0.00,,0,",
    ]
}
