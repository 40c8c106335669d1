import Money
import Oracle
import Policy
import Settlement
import Testing

/// A person's settlements as the engine folds them, in order.
struct Folded {
    var outcomes: [(row: OracleSettlement, year: Int, outcome: YearOutcome)] = []
    var years: [Int: PersonYear] = [:]

    func outcome(_ id: String) throws -> YearOutcome {
        try #require(outcomes.first { $0.row.id == id }).outcome
    }

    /// What the fund pays of a settlement, in fen.
    func pool(_ id: String) throws -> Int64 {
        try outcome(id).decision.poolPayment.rawValue
    }

    /// The settlements that keep what they got though this refund came: what the fund paid, and what it would have.
    func kept(after refund: String) throws -> [String] {
        try outcome(refund).kept.map { "\($0.id) \($0.poolPayment), else \($0.withoutOriginal)" }
    }

    /// The sums of 2023, where the cases of the notice play.
    var sums: YearSums {
        get throws { try #require(years[2023]).sums }
    }

    var answers: [OracleAnswer] {
        outcomes.map { OracleAnswer($0.outcome, of: $0.row.id, year: $0.year) }
    }

    /// The years with their sums, as the oracle says them.
    var oracleYears: [OracleYear] {
        years.sorted { $0.key < $1.key }.map { OracleYear($0.value.sums, of: $0.key) }
    }
}

extension Pooling {
    /// Settles everything, each settlement in the year of its time and each mirror row in the year of its original.
    func fold(_ person: OraclePerson, _ rows: [OracleSettlement]) throws -> Folded {
        var folded = Folded()
        for (row, year) in inOrder(rows) {
            let item = try item(row, of: person)
            let outcome = try folded.years[year, default: PersonYear()].settle(item, by: engine.table(on: row.day))
            folded.outcomes.append((row, year, outcome))
        }
        return folded
    }

    /// By time and identifier, with the year whose sums each moves.
    func inOrder(_ rows: [OracleSettlement]) -> [(row: OracleSettlement, year: Int)] {
        let keyed = rows.map { row in
            (row: row, time: CivilTime(row.day, secondOfDay: row.secondOfDay), id: FactID(row.id.utf8) ?? FactID())
        }
        var years: [String: Int] = [:]
        return keyed.sorted { ($0.time, $0.id) < ($1.time, $1.id) }.map { row, _, _ in
            let year = years[row.original] ?? row.day.year
            if row.original.isEmpty { years[row.id] = year }
            return (row, year)
        }
    }

    func item(_ row: OracleSettlement, of person: OraclePerson) throws -> YearItem {
        let table = engine.table(on: row.day)
        let time = CivilTime(row.day, secondOfDay: row.secondOfDay)
        let entry = try table.map { table in
            poolingEntry(
                insurance: row.insurance, settled: 310, medicalType: try #require(Int32(row.medicalType)),
                hasPrescriber: !row.prescriber.isEmpty, disease: try fact(row.disease), table: table)
        }
        let place = entry == .byPrescription ? row.prescriber : row.institution
        return YearItem(
            id: try fact(row.id), time: time, visit: try fact(row.visit), claim: Claim(row),
            entry: entry ?? (row.insurance == 310 ? .ordinary : .outside(.otherInsurance)),
            original: row.original.isEmpty ? nil : try fact(row.original), isKnownPerson: person.isKnown,
            standing: standing(
                on: row.day, statuses: statuses(of: person), death: person.death,
                change: table?.decisions.categoryChange ?? .nextMonth),
            place: level(of: place, on: row.day, table: table))
    }

    private func statuses(of person: OraclePerson) -> [EnrolmentStatus] {
        person.enrolment.map {
            EnrolmentStatus(begin: $0.begin, end: $0.end, category: categories.category(of: $0.type))
        }
    }

    private func level(of code: String, on day: CivilDate, table: OutpatientTable?) -> PlaceLevel {
        let rows = institutions.filter { $0.code == code && $0.begin <= day }
        guard let table, let row = rows.max(by: { $0.begin < $1.begin }), row.end.map({ $0 >= day }) ?? true else {
            return .unknownInstitution
        }
        return table.levels.level(of: row.level).map(PlaceLevel.level) ?? .unknownLevel
    }

    private func fact(_ text: String) throws -> FactID {
        try #require(FactID(text.utf8))
    }
}

extension Claim {
    init(_ row: OracleSettlement) {
        self.init(
            total: Fen(row.total), fullSelfPay: Fen(row.fullSelfPay), overLimitSelfPay: Fen(row.overLimit),
            advanceSelfPay: Fen(row.advance), eligible: Fen(row.eligible), accountPaid: Fen(row.account),
            familyAccountPaid: Fen(row.family), institutionBorne: Fen(row.institutionBorne))
    }
}

extension OracleAnswer {
    init(_ outcome: YearOutcome, of id: String, year: Int) {
        self.init(id: id, year: year, verdict: outcome.verdict.name)
        let decision = outcome.decision
        category = outcome.category?.rawValue ?? ""
        level = outcome.level?.rawValue ?? ""
        eligible = decision.eligible.rawValue
        deductible = decision.deductible.rawValue
        percent = decision.rate.basisPoints / 100
        payable = decision.payable.rawValue
        pool = decision.poolPayment.rawValue
        counted = decision.counted.rawValue
        account = decision.accountPayment.rawValue
        family = decision.familyAccountPayment.rawValue
        cash = decision.cashPayment.rawValue
        kept = outcome.kept.map {
            OracleKept(
                id: $0.id.description, pool: $0.poolPayment.rawValue, withoutRefunded: $0.withoutOriginal.rawValue)
        }
    }
}

extension OracleYear {
    init(_ sums: YearSums, of year: Int) {
        self.init(year: year)
        eligible = sums.eligible.rawValue
        deductible = sums.deductible.rawValue
        pool = sums.poolPayment.rawValue
        deductibleCounted = sums.deductibleCounted.rawValue
        counted = sums.counted.rawValue
        visits = sums.visits
    }
}
