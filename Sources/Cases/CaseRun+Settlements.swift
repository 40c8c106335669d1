import Money
import Policy
import Settlement

extension PolicyCase {
    func settlementFailures() throws -> [CaseFailure] {
        guard !settlements.isEmpty || !years.isEmpty else { return [] }
        let outpatient = try OutpatientRules(rules)
        var personYears: [Int: PersonYear] = [:]
        var outcomes: [FactID: YearOutcome] = [:]
        for settlement in settlements.sorted(by: { ($0.time, $0.id) < ($1.time, $1.id) }) {
            let year = benefitYear(of: settlement)
            let table = outpatient.table(on: settlement.time.date)
            outcomes[settlement.id] = try personYears[year, default: PersonYear()]
                .settle(item(settlement, table: table), by: table)
        }
        let rows = settlements.compactMap { settlement in
            outcomes[settlement.id].flatMap { outcome in
                let origin = settlements.first { $0.id == settlement.original } ?? settlement
                return failure(of: settlement, outcome, table: outpatient.table(on: origin.time.date))
            }
        }
        return rows + years.compactMap { year in failure(of: year, personYears[year.year]?.sums ?? YearSums()) }
    }

    /// A refund belongs to the year of its original.
    private func benefitYear(of settlement: CaseSettlement) -> Int {
        let origin = settlement.original.flatMap { original in settlements.first { $0.id == original } }
        return (origin ?? settlement).time.date.year
    }

    private func item(_ settlement: CaseSettlement, table: OutpatientTable?) -> YearItem {
        // Without rules of the day the settlement is refused for that, whatever it is.
        let entry: PoolingEntry =
            table.map { table in
                poolingEntry(
                    insurance: settlement.insurance, settled: insurance, medicalType: settlement.medicalType,
                    hasPrescriber: settlement.hasPrescriber, disease: settlement.disease, table: table)
            } ?? (settlement.insurance == insurance ? .ordinary : .outside(.otherInsurance))
        return YearItem(
            id: settlement.id, time: settlement.time, visit: settlement.visit, claim: settlement.claim, entry: entry,
            original: settlement.original, isKnownPerson: true,
            standing: standing(
                on: settlement.time.date, statuses: person.statuses(by: table?.categories), death: person.death,
                change: table?.decisions.categoryChange ?? .nextMonth),
            place: level(of: settlement.site, table: table))
    }

    private func level(of site: CaseSettlement.Site, table: OutpatientTable?) -> PlaceLevel {
        switch site {
        case .level(let level): .level(level)
        case .unknownInstitution: .unknownInstitution
        case .code(let code): table?.levels.level(of: code).map { .level($0) } ?? .unknownLevel
        }
    }

    private func failure(
        of settlement: CaseSettlement, _ outcome: YearOutcome, table: OutpatientTable?
    ) -> CaseFailure? {
        let decision = outcome.decision
        let ownPart = [decision.accountPayment, decision.familyAccountPayment, decision.cashPayment]
        // Whoever expects figures and no verdict expects that it is settled.
        let says = settlement.expected.contains { $0.figure == .verdict }
        let expected = (says ? [] : [Expected(figure: .verdict, value: Verdict.settled.name)]) + settlement.expected
        return failure(
            "settlement \(settlement.id), \(settlement.time)", settlement.place, expected,
            got: { figure in
                switch figure {
                case .verdict: outcome.verdict.name
                case .eligible: "\(decision.eligible)"
                case .deductible: "\(decision.deductible)"
                case .pool: "\(decision.poolPayment)"
                // Three parts of one bill: their sum is not above it.
                case .person: "\(Fen(ownPart.reduce(0) { $0 + $1.rawValue }))"
                case .account: "\(decision.accountPayment)"
                case .familyAccount: "\(decision.familyAccountPayment)"
                case .cash: "\(decision.cashPayment)"
                }
            }, steps: steps(of: outcome, table: table))
    }

    private func steps(of outcome: YearOutcome, table: OutpatientTable?) -> [String] {
        guard outcome.verdict == .settled, let category = outcome.category, let level = outcome.level, let table else {
            return []
        }
        return outcome.decision.steps(by: table[category.poolingCategory], level: level).map { step in
            let (amount, citation) = (step.amount, step.citation)
            return switch step.kind {
            case .eligible: "in-scope \(amount) (\(citation))"
            case .deductible: "deductible \(amount), standard \(Fen(step.parameter)) (\(citation))"
            case .rate: "payable \(amount), \(category) at \(level) \(Rate(basisPoints: step.parameter)) (\(citation))"
            case .ceiling: "pool \(amount), ceiling \(Fen(step.parameter)) (\(citation))"
            }
        }
    }

    private func failure(of year: CaseYear, _ sums: YearSums) -> CaseFailure? {
        failure(
            "year \(year.year)", year.place, year.expected,
            got: { figure in
                switch figure {
                case .eligible: "\(sums.eligible)"
                case .deductible: "\(sums.deductible)"
                case .pool: "\(sums.poolPayment)"
                case .visits: "\(sums.visits)"
                }
            }, steps: [])
    }
}
