import Jobs
import Money
import Oracle
import Postgres

/// Gives the second implementation of adjudication the rows of intake, person by person, and compares its answers with
/// the ledger's. A range of persons is read at a time, so that memory stays flat.
struct NightlyOracleReading {
    private let database: ScratchDatabase
    private let oracle: Oracle

    init(_ database: ScratchDatabase) throws {
        self.database = database
        var connection = try database.connect()
        let institutions = try connection.rows(.oracleInstitutions) { row in
            OracleInstitution(
                code: try row[0, as: String.self], begin: try row[1, as: CivilDate.self],
                end: try row[2, as: CivilDate?.self], level: try row[3, as: String.self])
        }
        oracle = Oracle(institutions: institutions)
    }

    /// How many settlements were compared, and the first differences.
    struct Comparison: Sendable {
        var settlements = 0
        var years = 0
        var kept = 0
        var differences: [String] = []

        mutating func add(_ other: Comparison) {
            settlements += other.settlements
            years += other.years
            kept += other.kept
            differences = Array((differences + other.differences).prefix(20))
        }
    }

    /// Compares everybody, two ranges at a time.
    func compare(ranges count: Int32) async throws -> Comparison {
        try await withThrowingTaskGroup(of: Comparison.self) { group in
            for half in 0..<min(count, 2) {
                group.addTask {
                    var part = Comparison()
                    for number in stride(from: half, to: count, by: 2) {
                        part.add(try compare(PersonRange(number: number, of: count)))
                    }
                    return part
                }
            }
            var comparison = Comparison()
            for try await part in group { comparison.add(part) }
            return comparison
        }
    }

    private func compare(_ range: PersonRange) throws -> Comparison {
        var connection = try database.connect()
        let persons = try persons(range, &connection)
        let ledger = try NightlyLedgerReading(range, &connection)
        var comparison = Comparison()
        func settle(_ person: Int64, _ settlements: [OracleSettlement]) {
            let who = persons[person] ?? OraclePerson(isKnown: false, enrolment: [])
            let answers = oracle.answers(who, settlements)
            comparison.settlements += answers.count
            comparison.differences += ledger.differences(of: person, from: answers)
            let years = oracle.years(who, settlements)
            comparison.years += years.count
            comparison.differences += ledger.differences(of: person, from: years)
            let kept = answers.flatMap(\.kept)
            comparison.kept += kept.count
            comparison.differences += ledger.differences(of: person, keptOf: kept)
        }
        var (current, settlements) = (Int64(-1), [OracleSettlement]())
        try connection.forEachRow(.oracleSettlements, range.first, range.last) { row in
            let person = try row[0, as: Int64.self]
            if person != current {
                if !settlements.isEmpty { settle(current, settlements) }
                (current, settlements) = (person, [])
            }
            settlements.append(try OracleSettlement(row))
        }
        if !settlements.isEmpty { settle(current, settlements) }
        if comparison.settlements != ledger.settlementCount {
            comparison.differences.append(
                "range \(range.number): \(comparison.settlements) settlements, \(ledger.settlementCount) adjudicated")
        }
        comparison.differences = Array(comparison.differences.prefix(20))
        return comparison
    }

    private func persons(_ range: PersonRange, _ connection: inout Connection) throws -> [Int64: OraclePerson] {
        var persons: [Int64: OraclePerson] = [:]
        try connection.forEachRow(.oraclePersons, range.first, range.last) { row in
            persons[try row[0, as: Int64.self]] = OraclePerson(
                isKnown: try row[2, as: Bool.self], death: try row[1, as: CivilDate?.self], enrolment: [])
        }
        try connection.forEachRow(.oracleEnrolments, range.first, range.last) { row in
            persons[try row[0, as: Int64.self]]?.enrolment.append(
                OracleEnrolment(
                    begin: try row[1, as: CivilDate.self], end: try row[2, as: CivilDate?.self],
                    type: try row[3, as: String.self]))
        }
        return persons
    }
}

extension OracleSettlement {
    fileprivate init(_ row: borrowing Row) throws {
        self.init(
            id: try row[1, as: String.self], visit: try row[2, as: String.self], day: try row[3, as: CivilDate.self],
            secondOfDay: Int(try row[4, as: Int32.self]), institution: try row[5, as: String.self])
        insurance = try row[6, as: Int16.self]
        medicalType = try row[7, as: String.self]
        disease = try row[8, as: String.self]
        prescriber = try row[9, as: String.self]
        original = try row[10, as: String.self]
        total = try row[11, as: Int64.self]
        fullSelfPay = try row[12, as: Int64.self]
        overLimit = try row[13, as: Int64.self]
        advance = try row[14, as: Int64.self]
        eligible = try row[15, as: Int64.self]
        account = try row[16, as: Int64.self]
        family = try row[17, as: Int64.self]
        institutionBorne = try row[18, as: Int64.self]
    }
}

extension Statement {
    fileprivate static let oracleInstitutions = Statement(
        "institutions for the oracle",
        """
        SELECT fixmedins_code, begndate, enddate, coalesce(hosp_lv, '')
        FROM (SELECT DISTINCT ON (fixmedins_code, begndate) * FROM intake.institution
              ORDER BY fixmedins_code, begndate, batch_id DESC) newest
        WHERE valid
        """)

    fileprivate static let oraclePersons = Statement(
        "persons for the oracle",
        """
        SELECT DISTINCT ON (person_id) person_id, death_date, valid FROM intake.person
        WHERE person_id BETWEEN $1 AND $2 ORDER BY person_id, batch_id DESC
        """)

    fileprivate static let oracleEnrolments = Statement(
        "enrolments for the oracle",
        """
        SELECT person_id, begndate, enddate, psn_type
        FROM (SELECT DISTINCT ON (person_id, begndate) * FROM intake.enrolment
              WHERE insutype = 310 AND person_id BETWEEN $1 AND $2 ORDER BY person_id, begndate, batch_id DESC) newest
        WHERE valid
        """)

    /// In no order but by person: the oracle sorts for itself.
    fileprivate static let oracleSettlements = Statement(
        "settlements for the oracle",
        """
        SELECT person_id, setl_id, mdtrt_id, setl_time::date, extract(epoch FROM setl_time::time)::integer,
               fixmedins_code, insutype, med_type::text, coalesce(dise_codg, ''), coalesce(rx_fixmedins_code, ''),
               coalesce(init_setl_id, ''), medfee_sumamt_fen, fulamt_ownpay_amt_fen, overlmt_selfpay_fen,
               preselfpay_amt_fen, inscp_scp_amt_fen, acct_pay_fen, acct_mulaid_pay_fen,
               coalesce(hosp_part_amt_fen, 0)
        FROM intake.settlement WHERE person_id BETWEEN $1 AND $2 ORDER BY person_id, setl_id DESC
        """)
}
