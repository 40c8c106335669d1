import Money

/// The totals of one institution, month and clearing type (transaction 3201).
struct StatementTotals: Hashable, Sendable {
    var total = Fen.zero
    var fund = Fen.zero
    var account = Fen.zero
    var count = 0
    /// Whether there is anything to state, be it a sum of zero.
    var isStated = false

    mutating func add(total: Fen, fund: Fen, account: Fen, isRefund: Bool) {
        self.total = Fen(self.total.rawValue + total.rawValue)
        self.fund = Fen(self.fund.rawValue + fund.rawValue)
        self.account = Fen(self.account.rawValue + account.rawValue)
        count += isRefund ? -1 : 1
        isStated = true
    }
}

/// The sums of a city's statements while its persons stream by: small, whatever the number of persons.
///
/// An institution states what it settled, each settlement in its month, whenever the centre gets to know of it. The
/// careless ones state their lines instead.
struct Statements {
    private let institutions: Institutions
    private let months: ClosedRange<Month>
    private var totals: [StatementTotals]

    init(_ institutions: Institutions, _ months: ClosedRange<Month>) {
        self.institutions = institutions
        self.months = months
        totals = Array(
            repeating: StatementTotals(), count: institutions.all.count * months.count * ClearingType.allCases.count)
    }

    private func index(_ institution: Int, _ month: Month, _ type: ClearingType) -> Int {
        let place =
            switch type {
            case .outpatient: 0
            case .inpatient: 1
            case .pharmacy: 2
            }
        return (institution * months.count + Int(month.monthNumber - months.lowerBound.monthNumber)) * 3 + place
    }

    mutating func add(_ facts: PersonFacts) {
        for record in facts.settlements {
            let (institution, month) = (record.institution.index, record.time.date.month)
            guard institution < institutions.all.count else { continue }
            let index = index(institution, month, record.medicalType.clearingType)
            if institutions.isCareless(institution, in: month) {
                // Who forgets every settlement of a month still states a sum of zero.
                totals[index].isStated = true
                continue
            }
            totals[index].add(
                total: record.fees.total, fund: record.payment.pool, account: record.payment.account,
                isRefund: record.isRefund)
        }
        for line in facts.statementLines {
            totals[index(line.institution.index, line.month, line.clearingType)].add(
                total: line.total, fund: line.fund, account: line.account, isRefund: line.isRefund)
        }
    }

    /// Every statement there is, by institution, month and clearing type.
    var stated: [Statement] {
        var stated: [Statement] = []
        for institution in institutions.all {
            for month in months {
                for type in ClearingType.allCases {
                    let totals = totals[index(institution.code.index, month, type)]
                    guard totals.isStated else { continue }
                    stated.append(
                        Statement(institution: institution.code, month: month, clearingType: type, totals: totals))
                }
            }
        }
        return stated
    }
}

/// A row of `institution_statement.csv`.
struct Statement {
    let institution: InstitutionCode
    let month: Month
    let clearingType: ClearingType
    let totals: StatementTotals
}
