package import Money
import Policy

package typealias MonthEndResult = JobResult<MonthEndSummary>

extension JobResult where Summary == MonthEndSummary {
    package var exitCode: ExitCode {
        switch self {
        case .alreadyDone: .done
        case .settled(let summary), .dryRun(let summary): summary.waitsFor == nil ? .done : .waits
        }
    }
}

/// What a month-end did, for people: the same figures stand in `report.run_summary`.
package struct MonthEndSummary: Sendable {
    package let run: Run
    package let months: ClosedRange<Month>
    package let lines: [SummaryLine]
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
        lines = totals.map(SummaryLine.init)
        self.ties = ties
        self.waitsFor = waitsFor
    }
}
