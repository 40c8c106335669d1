import Jobs
import Money
import Policy

/// What a year-end, or a proof of a closed year, says when it ends.
struct YearEndText {
    private let result: YearEndResult
    private let instance: Instance

    init(_ result: YearEndResult, instance: Instance) {
        self.result = result
        self.instance = instance
    }

    var text: String {
        switch result {
        case .alreadyDone(let run):
            "\(instance) is done: run \(run.id)\(run.finishedAt.map { " on \($0.civil.date)" } ?? ""). Nothing changed."
        case .settled(let summary):
            text(of: summary, heading: "\(instance): run \(summary.run.id)")
        case .dryRun(let summary):
            text(of: summary, heading: "\(instance): dry run, nothing was written")
        }
    }

    private func text(of summary: YearEndSummary, heading: String) -> String {
        var lines = [heading] + proofLines(summary)
        lines += conservationLines(summary.conserved)
        let month = summary.run.instance.businessDate.month
        if instance.job == .yearEnd {
            lines += SummaryTable(YearEndText.sections, summary.lines, month: month).text
            lines += interestLines(summary)
            if let clearing = summary.clearing { lines += AnnualClearingText(clearing).lines }
        }
        if !summary.ties.isEmpty {
            lines.append("  control totals: \(summary.ties.count) of \(summary.ties.count) tie")
        }
        if let digest = summary.digest {
            lines += ["  the books of \(summary.year) are closed; certificate", "  \(digest)"]
        }
        return lines.joined(separator: "\n")
    }

    /// What differed, why, and that nothing is left.
    private func proofLines(_ summary: YearEndSummary) -> [String] {
        func count(_ measure: String) -> SummaryLine? { summary.lines.first { $0.measure == measure } }
        var lines = [
            "  proof: \(grouped(count("settlement.read")?.rows ?? 0)) settlements and "
                + "\(grouped(count("contribution.read")?.rows ?? 0)) contributions computed again"
        ]
        var table = TextTable([.left, .right, .right, .right, .right])
        table.add("", "posted", "yuan", "remainder", "yuan")
        for (subject, label) in [
            ("person", "people"), ("settlement", "settlements"), ("sums", "sums of a benefit year"),
            ("entry", "account entries"), ("credit", "credits and openings"), ("unfounded", "rows without a fact"),
        ] {
            let (posted, left) = (count("difference.\(subject)"), count("remainder.\(subject)"))
            let hasMoney = subject == "settlement" || subject == "entry" || subject == "credit"
            table.add(
                "  \(label)", grouped(posted?.rows ?? 0), hasMoney ? (posted?.amount ?? .zero).grouped : "",
                grouped(left?.rows ?? 0), hasMoney ? (left?.amount ?? .zero).grouped : "")
        }
        lines.append(table.text())
        if (count("difference.person")?.rows ?? 0) > 0 { lines.append("  put down to \(cause(summary.cause))") }
        for untied in summary.untied {
            lines += [
                "  run \(untied.run) (\(untied.instance)), \(untied.table.rawValue): it wrote "
                    + "\(grouped(untied.writtenRows)) of \(untied.writtenAmount.grouped),",
                "    the ledger has \(grouped(untied.storedRows)) of \(untied.storedAmount.grouped)",
            ]
        }
        return lines
    }

    private func cause(_ cause: RevisionCause) -> String {
        switch cause {
        case .changedRules: "rules other than those the year was settled by"
        case .alteredLedger: "a ledger that is not what its runs wrote"
        case .proof, .new, .lateFact, .refund, .changedData: "no known cause; the ledger and the rules are as they were"
        }
    }

    private func conservationLines(_ conserved: [RowConservation]) -> [String] {
        guard !conserved.isEmpty else { return [] }
        var table = TextTable([.left] + Array(repeating: .right, count: 6))
        table.add("Rows of the year", "read", "used", "refused", "excepted", "not due", "other")
        for row in conserved {
            let other = row.replaced + row.withdrawn + row.later
            table.add(
                "  \(row.table)", grouped(row.read), grouped(row.used), grouped(row.refused), grouped(row.excepted),
                grouped(row.notDue), grouped(other))
        }
        return [table.text()]
    }

    private func interestLines(_ summary: YearEndSummary) -> [String] {
        guard !summary.missingRates.isEmpty else { return [] }
        let head = summary.hasInterest ? "paid in part" : "none paid"
        return ["  interest: \(head); to be supplied in the site file:"]
            + summary.missingRates.map { "    \($0.rawValue)" }
    }

    private static let sections = [
        SummarySection.items("People with pooled settlements", "year.people", hasAmount: false),
        SummarySection.items("People who used up the deductible", "year.reached_deductible", hasAmount: false),
        SummarySection.items("People who reached the ceiling", "year.reached_ceiling", hasAmount: false),
        SummarySection.items("Settlements by verdict (pooling fund)", "settlement.verdict"),
        SummarySection(title: "Accounts", hasAmount: true) { lines, _ in
            YearEndText.accountColumns.compactMap { measure, label in
                lines.first { $0.measure == "account.\(measure)" && $0.rows > 0 }.map {
                    SummaryRow(label: label, rows: $0.rows, amount: $0.amount)
                }
            }
        },
        SummarySection.items("Interest posted", "entry.interest"),
        SummarySection.items("Adjustments of prior years", "prior_year.entry"),
    ]

    private static let accountColumns = [
        ("opening", "opening"), ("brought_in", "brought in"), ("credit", "credits"), ("interest", "interest"),
        ("other_in", "other in"), ("payment", "payments"), ("other_out", "other out"), ("closing", "closing"),
        ("closing_this_year", "  of this year"), ("closing_last_year", "  of last year"),
        ("closing_earlier", "  of earlier years"), ("prior_year", "of the movements, for prior years"),
    ]
}
