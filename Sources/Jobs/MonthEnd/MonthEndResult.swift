package import Money
import Policy

/// How a month-end ended.
package enum MonthEndResult: Sendable {
    /// The instance is done; nothing was changed now.
    case alreadyDone(by: Run)
    /// Settled now; `waitsFor` says what is still missing, if something is.
    case settled(MonthEndSummary)
    /// What a run would do; nothing was written.
    case dryRun(MonthEndSummary)

    package var exitCode: ExitCode {
        switch self {
        case .alreadyDone: .done
        case .settled(let summary), .dryRun(let summary): summary.waitsFor == nil ? .done : .waits
        }
    }
}

/// What a month-end did, for people: the same figures stand in `report.run_summary`.
package struct MonthEndSummary: Sendable {
    package struct Line: Hashable, Sendable {
        package let measure: String
        package let item: String
        package let rows: Int64
        package let amount: Fen
    }

    package let run: Run
    package let months: ClosedRange<Month>
    package let lines: [Line]
    package let ties: [Tie]
    /// Why the instance is not done, in words; `nil` if it is.
    package let waitsFor: PolicyText?

    /// What a clerk has to read to know what is missing.
    package struct PolicyText: Hashable, Sendable {
        package let key: String
        package let text: String
    }
}

extension MonthEndSummary {
    init(
        run: Run, plan: CreditPlan, totals: [ControlTotal], ties: [Tie], waitsFor: PolicyText?
    ) {
        self.run = run
        months = plan.months
        lines = totals.map { Line(measure: $0.measure, item: $0.item, rows: $0.count.rows, amount: $0.count.amount) }
        self.ties = ties
        self.waitsFor = waitsFor
    }
}
