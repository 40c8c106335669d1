import Jobs
import Money

/// What `settle reconcile` says when it has compared.
struct ReconcileText {
    private let result: ReconcileResult
    private let today: CivilDate

    init(_ result: ReconcileResult, today: CivilDate) {
        self.result = result
        self.today = today
    }

    var text: String {
        let run = result.runID.map { "run \($0)" } ?? "dry run, nothing written"
        let summary = result.summary
        var lines = ["reconcile \(result.period): \(grouped(summary.statements)) statements compared (\(run))", table]
        if result.withoutDetail > 0 {
            lines.append("detail (3202) still to be delivered for \(grouped(result.withoutDetail)) unequal statements")
        }
        if result.undecided > 0 {
            lines.append("\(grouped(result.undecided)) settlements await their night, compared as reported")
        }
        if result.withoutStatement > 0 {
            lines.append("institutions with settlements that no statement covers: \(grouped(result.withoutStatement))")
        }
        lines += result.files.map { "written: \($0)" }
        lines.append(openItems)
        return lines.joined(separator: "\n")
    }

    private var table: String {
        let (summary, rows, changes) = (result.summary, result.rows, result.changes)
        var table = TextTable([.left, .right, .left])
        table.add("institutions equal", grouped(summary.institutionsEqual))
        table.add("institutions unequal", grouped(summary.institutionsUnequal))
        for (name, amount) in [
            ("difference 总费用", summary.difference.total), ("difference 基金", summary.difference.fund),
            ("difference 账户", summary.difference.account),
        ] {
            table.add(name, amount.grouped, "\(grouped(amount.rawValue)) fen")
        }
        table.add("rows only at the centre", grouped(rows.onlyOurs))
        table.add("rows only at the institution", grouped(rows.onlyTheirs))
        table.add("rows with other amounts", grouped(rows.amount))
        table.add("rows with another refund state", grouped(rows.refundState))
        table.add("discrepancies new", grouped(changes.new))
        table.add("discrepancies with other amounts", grouped(changes.revised))
        table.add("discrepancies open again", grouped(changes.reopened))
        table.add("discrepancies corrected", grouped(changes.corrected))
        return table.text()
    }

    private var openItems: String {
        let open = result.summary.open
        guard let oldest = open.oldest else { return "no discrepancy is open" }
        return "\(grouped(open.count)) open; the oldest for \(oldest.age(on: today)) days: \(oldest.kind.rawValue), "
            + "\(oldest.institution), \(oldest.id)"
    }

    static func imported(_ result: LoadResult, from path: String, _ institution: String) -> String {
        let file = result.files.first
        let batch = result.batch.map { "batch \($0)" } ?? "nothing new"
        return "\(path) of \(institution): \(grouped(Int64(file?.read ?? 0))) rows, "
            + "\(grouped(Int64(file?.new ?? 0))) new, \(grouped(Int64(file?.replacing ?? 0))) replacing (\(batch))"
    }
}
