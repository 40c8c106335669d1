import Money

/// What is left in a person's account, as a counter may believe: never more than there is, so that payments from it do
/// not overdraw it. Credits count from the month after they arrive.
struct AccountEstimate {
    private let firstMonth: Month
    private var credits: [Int64]
    private var balance: Int64
    private var next = 0

    init(_ facts: PersonFacts, _ history: EnrolmentHistory, reserve: Fen, _ specification: CitySpecification) {
        let months = specification.months
        firstMonth = months.lowerBound
        credits = Array(repeating: 0, count: months.count)
        balance = (facts.opening?.balance.rawValue ?? 0) - reserve.rawValue
        for row in facts.contributions where !history.isOutOfPlace(row.covers) {
            switch row.kind {
            case .normal, .refund, .backCollection, .baseDifference:
                add(share(of: row.base, at: specification.rules.ownRate), in: row.received.month)
            case .lumpSum, .rateDifference:
                break
            }
        }
        // Of retirees only the first year is known; what later years bring is left out.
        guard let level = facts.fixedCredit else { return }
        for month in months where month.year == level.record.year + 1 {
            guard let status = history.status(in: month), !status.isWorking else { continue }
            if let died = history.died, died.month < month { break }
            add(Fen(level.record.yearTotal.rawValue / 12), in: max(month, level.month))
        }
    }

    mutating func add(_ amount: Fen, in month: Month) {
        let offset = Int(month.monthNumber - firstMonth.monthNumber)
        if offset < next {
            balance += amount.rawValue
        } else if offset < credits.count {
            credits[offset] += amount.rawValue
        }
    }

    /// Months are asked for in ascending order.
    mutating func available(in month: Month) -> Fen {
        let offset = Int(month.monthNumber - firstMonth.monthNumber)
        while next < offset, next < credits.count {
            balance += credits[next]
            next += 1
        }
        return Fen(max(0, balance))
    }

    mutating func spend(_ amount: Fen) {
        balance -= amount.rawValue
    }
}
