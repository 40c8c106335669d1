package import Money
package import Policy
package import Postgres

/// The state of affairs as Prometheus's text format has it, for the textfile collector of node-exporter.
package struct Metrics {
    private let report: StatusReport
    private let latest: [(run: Run, totals: [ControlTotal])]

    /// Asks the database: how the work stands, and what the last completed run of each job counted.
    package static func ask(
        _ connection: inout Connection, rules: RuleSet, today: CivilDate
    ) throws -> Metrics {
        let report = try StatusReport.ask(&connection, rules: rules, today: today)
        let runs = try RunStore.all(&connection)
        var latest: [(run: Run, totals: [ControlTotal])] = []
        for job in Job.allCases {
            if let run = runs.last(where: { $0.instance.job == job && $0.state == .completed }) {
                latest.append((run, try ChunkStore.totals(of: run.id, &connection)))
            }
        }
        return Metrics(report: report, latest: latest)
    }

    /// Families in a fixed order, each with its help and type.
    package var text: String {
        families.filter { !$0.samples.isEmpty }.map { family in
            (["# HELP \(family.name) \(family.help)", "# TYPE \(family.name) gauge"]
                + family.samples.map { "\(family.name)\($0.labels) \($0.value)" }).joined(separator: "\n") + "\n"
        }.joined()
    }

    private struct Sample {
        let labels: String
        let value: Int64

        init(_ labels: [(String, String)] = [], _ value: Int64) {
            let pairs = labels.map { "\($0.0)=\"\(Sample.escaped($0.1))\"" }
            self.labels = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
            self.value = value
        }

        /// Backslash, quote and line feed are the characters that the format escapes.
        private static func escaped(_ text: String) -> String {
            text.map { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : $0 == "\n" ? "\\n" : String($0) }.joined()
        }
    }

    private typealias Family = (name: String, help: String, samples: [Sample])

    private var families: [Family] {
        func each(_ value: (Run) -> Int64?) -> [Sample] {
            latest.compactMap { run, _ in value(run).map { Sample([("job", run.instance.job.rawValue)], $0) } }
        }
        func counted(_ value: (Count) -> Int64) -> [Sample] {
            latest.flatMap { run, totals in
                totals.filter { !$0.measure.hasPrefix("institution.") }.map { total in
                    Sample(
                        [("job", run.instance.job.rawValue), ("measure", total.measure), ("item", total.item)],
                        value(total.count))
                }
            }
        }
        let due = Dictionary(grouping: report.due.instances, by: \.job)
        return [
            (
                "settle_instances_due", "Business dates that are over and not done.",
                [Job.nightly, .monthEnd, .yearEnd].map { Sample([("job", $0.rawValue)], Int64(due[$0]?.count ?? 0)) }
            ),
            (
                "settle_instances_waiting", "Instances that wait for a figure or a decision.",
                [Sample([], Int64(report.due.waiting.count))]
            ),
            (
                "settle_run_interrupted", "1 if a run is at work or was interrupted.",
                [Sample([], report.due.interrupted == nil ? 0 : 1)]
            ),
            (
                "settle_last_run_finished_seconds", "When the last run of a job completed, Unix time.",
                each { $0.finishedAt?.unixSeconds }
            ),
            (
                "settle_last_run_duration_seconds", "How long the last run of a job took.",
                each { run in run.finishedAt.map { ($0.microseconds - run.startedAt.microseconds) / 1_000_000 } }
            ),
            ("settle_last_run_rows", "What the last run of a job counted.", counted(\.rows)),
            ("settle_last_run_fen", "Money of what the last run of a job counted, fen.", counted(\.amount.rawValue)),
        ]
    }
}
