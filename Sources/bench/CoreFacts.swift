import Money
import Policy
import Settlement

/// Facts for the core, made once: a few hundred claims and contributions, which are gone over again and again.
struct CoreFacts {
    private let table: OutpatientTable
    private let creditTerms: CreditTerms
    private let claims: [Claim]
    private let year: [YearItem]
    private let contributions: [Contribution]
    private let statuses: [EnrolmentStatus]

    init(_ rules: RuleSet) throws {
        let day = CoreFacts.day(2023, 7, 3)
        table = try rules.outpatientTable(on: day)
        creditTerms = try rules.creditTerms(for: day.month)
        claims = (0..<512).map { index in
            // Spread by a multiplier that is prime to the span, without chance.
            let eligible = Int64(1_00 + index * 7_919 % 900_00)
            let own = Int64(index * 104_729 % 40_00)
            return Claim(
                total: Fen(eligible + own), fullSelfPay: Fen(own), overLimitSelfPay: .zero, advanceSelfPay: .zero,
                eligible: Fen(eligible), accountPaid: Fen(eligible / 4), familyAccountPaid: .zero,
                institutionBorne: .zero)
        }
        let claims = claims
        year = (0..<20).map { index in
            YearItem(
                id: FactID("S\(index)".utf8) ?? FactID(), time: CivilTime(day, secondOfDay: 30_000 + index),
                visit: FactID(), claim: claims[index], entry: .ordinary, original: nil, isKnownPerson: true,
                standing: .enrolled(.active), place: .level(.tertiary))
        }
        contributions = (0..<512).map { index in
            let base = Int64(4494_00 + index * 7_919 % 19_548_00)
            return Contribution(
                insurance: 310, type: .normal, base: Fen(base), ownPart: Fen(base / 50),
                employerPart: Fen(base / 100 * 7))
        }
        statuses = [
            EnrolmentStatus(
                begin: CoreFacts.day(2001, 2, 1), end: CoreFacts.day(2010, 4, 30),
                category: .active),
            EnrolmentStatus(
                begin: CoreFacts.day(2010, 5, 1), end: CoreFacts.day(2023, 6, 14),
                category: .flexible),
            EnrolmentStatus(begin: CoreFacts.day(2023, 6, 15), end: nil, category: .retired),
        ]
    }

    private static func day(_ year: Int32, _ month: Int32, _ day: Int) -> CivilDate {
        Month(monthNumber: year * 12 + month - 1).firstDay.adding(days: day - 1)
    }
}

extension CoreFacts {
    func adjudicate(_ count: Int) throws -> Int64 {
        let terms = table[.active]
        var sums = YearSums()
        var paid: Int64 = 0
        for index in 0..<count {
            if index & 31 == 0 { sums = YearSums() }
            let decision = try Settlement.adjudicate(
                claims[index & 511], terms, level: .tertiary, decisions: table.decisions, after: sums,
                deductibleUsed: sums.deductibleCounted)
            try sums.deductibleCounted += decision.deductible
            try sums.counted += decision.counted
            paid &+= decision.poolPayment.rawValue
        }
        return paid
    }

    func settleYears(_ count: Int) throws -> Int64 {
        var paid: Int64 = 0
        for _ in 0..<max(1, count / year.count) {
            var fold = PersonYear()
            for item in year {
                paid &+= try fold.settle(item, by: table).decision.poolPayment.rawValue
            }
        }
        return paid
    }

    func credit(_ count: Int) throws -> Int64 {
        let situation = CreditSituation(
            insurance: 310, isKnown: true, isSettled: true, standing: .enrolled(.active), terms: creditTerms)
        var credited: Int64 = 0
        for index in 0..<count {
            if case .credited(let amount, _) = try Settlement.credit(contributions[index & 511], in: situation) {
                credited &+= amount.rawValue
            }
        }
        return credited
    }

    func standings(_ count: Int) -> Int64 {
        let months = (0..<12).map { Month(monthNumber: 2023 * 12 + $0) }
        var retired: Int64 = 0
        for index in 0..<count {
            let month = months[index % 12]
            if standing(in: month, statuses: statuses, death: nil) == .enrolled(.retired) { retired += 1 }
        }
        return retired
    }
}
