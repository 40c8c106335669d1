package import Money

/// A day, month or year whose statements are compared: those whose span lies within it.
package enum ReconcilePeriod: Hashable, Sendable {
    case day(CivilDate)
    case month(Month)
    /// 1 to 9999.
    case year(Int)

    package var firstDay: CivilDate {
        switch self {
        case .day(let date): date
        case .month(let month): month.firstDay
        case .year(let year): Month.first(of: year).firstDay
        }
    }

    package var lastDay: CivilDate {
        switch self {
        case .day(let date): date
        case .month(let month): month.lastDay
        case .year(let year): Month.last(of: year).lastDay
        }
    }

    package var instance: Instance {
        switch self {
        case .day: Instance(job: .reconcileDay, businessDate: lastDay)
        case .month: Instance(job: .reconcileMonth, businessDate: lastDay)
        case .year: Instance(job: .reconcileYear, businessDate: lastDay)
        }
    }
}

extension ReconcilePeriod: CustomStringConvertible {
    /// As an operator types it: `2023-01-05`, `2023-01`, `2023`.
    package var description: String {
        switch self {
        case .day(let date): "\(date)"
        case .month(let month): "\(month)"
        case .year(let year): "\(year)"
        }
    }
}
