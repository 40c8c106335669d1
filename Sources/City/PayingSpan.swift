import Money

/// For which months a worker's contributions are asked, as the payer sees it: an employer who does not know yet that
/// a retirement will be dated back goes on paying.
struct PayingSpan {
    var first: Month
    var last: Month
    /// From this month on the person pays as a flexible worker.
    var flexibleFrom: Month?
    /// Months between leaving and coming back.
    var absence: ClosedRange<Month>?

    func contains(_ month: Month) -> Bool {
        if let absence, absence.contains(month) { return false }
        return first <= month && month <= last
    }

    func isFlexible(in month: Month) -> Bool {
        if let flexibleFrom { month >= flexibleFrom } else { false }
    }

    init(_ status: PersonStatus, _ turn: Life.Turn, in months: ClosedRange<Month>) {
        first = months.lowerBound
        last = months.upperBound
        if status == .flexible { flexibleFrom = first }
        switch turn {
        case .nothing:
            break
        case .arrival(let date):
            first = date.month
        case .departure(let month):
            last = month
        case .absence(let lastMonth, let returns):
            if lastMonth.next <= returns.month.previous { absence = lastMonth.next...returns.month.previous }
        case .becomesFlexible(let date):
            // A change of status counts from the month after.
            flexibleFrom = date.month.next
        case .retirement(let retirement):
            last = min(last, retirement.decided)
        case .death(let death):
            last = death.date.month
        }
    }
}
