import Money
import Policy
import Settlement

extension EnrolmentExplanation {
    /// - Parameter change: how a change of category counts; `nil` where no rule says so.
    init(_ who: Who, standing: Standing, on date: CivilDate, change: CategoryChange?) {
        var since: Since?
        if case .enrolled = standing {
            switch change ?? .nextMonth {
            case .nextMonth:
                var month = date.month
                // Before the first row nobody is enrolled, so this ends.
                while Settlement.standing(in: month.previous, statuses: who.statuses, death: who.death) == standing {
                    month = month.previous
                }
                since = .month(month)
            case .dateOfChange:
                since = who.statuses.last { $0.begin <= date }.map { .day($0.begin) }
            }
        }
        self.init(
            isKnown: who.isKnown, death: who.death, statuses: who.statuses, standing: standing, since: since)
    }
}
