import FoundationEssentials
import Jobs
import Money

/// The operator's lines of `settle status`, and the same as JSON.
struct StatusText {
    private let report: StatusReport

    init(_ report: StatusReport) {
        self.report = report
    }

    var lines: String {
        let newest = report.latestBatchAt.map { ", the newest of \($0.civil)" } ?? ""
        let batches = report.batches == 1 ? "1 batch" : "\(grouped(report.batches)) batches"
        var lines = [
            "as of \(report.today): "
                + (report.settledThrough.map { "settled through \($0)" } ?? "no month settled yet")
                + (report.closedYear.map { ", \($0) closed" } ?? ""),
            "facts: " + (report.batches == 0 ? "none loaded" : batches + newest),
        ]
        let headCount = lines.count
        if let run = report.due.interrupted {
            lines.append(
                "at work or interrupted: run \(run.id) (\(run.instance)), \(report.chunksDone) of \(run.chunkCount) chunks"
            )
            if let owner = report.owner { lines.append("  last owner: \(owner)") }
        }
        for waiting in report.due.waiting {
            lines.append("blocked: \(waiting.instance) waits for \(waiting.waitsFor)")
            if waiting.mayGoOn { lines.append("  the rules have changed since; `settle run-due` tries again") }
        }
        for job in Job.allCases {
            let due = report.due.instances.filter { $0.job == job }
            guard let first = due.first, let last = due.last else { continue }
            lines.append("due: \(first)\(first == last ? "" : " to \(last.name)"); `settle run-due` does it")
        }
        if lines.count == headCount { lines.append("nothing is due") }
        return lines.joined(separator: "\n")
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let document = Document(
            asOf: "\(report.today)", batches: report.batches,
            settledThrough: report.settledThrough.map(\.description), closedYear: report.closedYear,
            interrupted: report.due.interrupted.map { run in
                Document.Interrupted(
                    runID: run.id, instance: "\(run.instance)", chunksDone: report.chunksDone,
                    chunkCount: Int(run.chunkCount), owner: report.owner)
            },
            waiting: report.due.waiting.map { waiting in
                Document.Waiting(instance: "\(waiting.instance)", waitsFor: waiting.waitsFor)
            },
            due: report.due.instances.map(\.description), exitCode: report.exitCode.rawValue)
        // The document holds nothing but texts and integers, which always encode.
        guard let data = try? encoder.encode(document) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    private struct Document: Encodable {
        struct Interrupted: Encodable {
            let runID: Int64
            let instance: String
            let chunksDone: Int64
            let chunkCount: Int
            let owner: String?
        }

        struct Waiting: Encodable {
            let instance: String
            let waitsFor: String
        }

        let asOf: String
        let batches: Int64
        let settledThrough: String?
        let closedYear: Int?
        let interrupted: Interrupted?
        let waiting: [Waiting]
        let due: [String]
        let exitCode: Int32
    }
}
