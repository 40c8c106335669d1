package import Money
import Postgres

/// What cron can start.
package enum Job: String, Hashable, Sendable, CaseIterable {
    case nightly
    case monthEnd = "month-end"
    case reconcileDay = "reconcile-day"
    case reconcileMonth = "reconcile-month"
    case reconcileYear = "reconcile-year"
    case yearEnd = "year-end"
    /// A closed year's proof, once more.
    case reprove
}

extension Job: ParameterValue, ColumnValue {}

/// A job and its business date: what is done once.
package struct Instance: Hashable, Sendable {
    package let job: Job
    package let businessDate: CivilDate

    package init(job: Job, businessDate: CivilDate) {
        self.job = job
        self.businessDate = businessDate
    }

    package static func nightly(_ date: CivilDate) -> Instance {
        Instance(job: .nightly, businessDate: date)
    }

    package static func monthEnd(_ month: Month) -> Instance {
        Instance(job: .monthEnd, businessDate: month.lastDay)
    }

    package static func yearEnd(_ year: Int) -> Instance {
        Instance(job: .yearEnd, businessDate: Month.last(of: year).lastDay)
    }

    package static func reprove(_ year: Int) -> Instance {
        Instance(job: .reprove, businessDate: Month.last(of: year).lastDay)
    }
}

extension Instance: CustomStringConvertible {
    /// As an operator types it: `month-end 2023-01`.
    package var description: String { "\(job.rawValue) \(name)" }

    /// The day or month alone.
    package var name: String {
        switch job {
        case .nightly, .reconcileDay: "\(businessDate)"
        case .monthEnd, .reconcileMonth: "\(businessDate.month)"
        case .reconcileYear, .yearEnd, .reprove: "\(businessDate.year)"
        }
    }
}
