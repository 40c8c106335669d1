import Jobs
import Money

/// What a year-end says of the clearing with the institutions.
struct AnnualClearingText {
    let lines: [String]

    init(_ summary: AnnualClearingSummary) {
        guard summary.institutions > 0 else {
            lines = []
            return
        }
        var table = TextTable([.left, .right])
        table.add("Cleared with \(grouped(Int64(summary.institutions))) institutions", "yuan")
        for (label, amount) in [
            ("incurred", summary.incurred), ("recognised", summary.recognised), ("paid", summary.paid),
            ("payable", summary.payable), ("quality deposit held", summary.depositHeld),
            ("quality deposit returned", summary.depositReturned),
            ("quality deposit forfeited", summary.depositForfeited),
        ] {
            table.add("  \(label)", amount.grouped)
        }
        if summary.hasBudget {
            table.add("  budget of \(summary.institutionsWithBudget) institutions", summary.budget.grouped)
            table.add("  surplus kept by institutions", summary.surplusKept.grouped)
            table.add("  overspend borne by institutions", summary.overspendBorne.grouped)
        }
        var notes: [String] = []
        if !summary.hasBudget { notes.append("  no outpatient budget is supplied: nothing is adjusted") }
        if !summary.hasScores { notes.append("  no assessment scores are supplied: deposits stay held") }
        lines = [table.text()] + notes
    }
}
