import ArgumentParser
import FoundationEssentials
import Glibc
import Postgres

/// The jobs against their peers.
struct CompareJobs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Measure the jobs: settle, the best SQL, a row loop on a tenth, and the floor, taking turns.",
        discussion: """
            The server is the one that PGHOST and its like name; databases named settle_bench_... are made and dropped there. \
            Before anything is timed, what settle writes is compared with what the SQL writes, to the fen.

            Exit codes: 0 done, 4 the results differ, 64 wrong arguments, 70 a program failed.
            """)

    enum Job: String, CaseIterable, ExpressibleByArgument {
        case monthEnd = "month-end"
        case adjudication, proof, night, load, verify
    }

    @OptionGroup var city: CityOptions

    @Option(help: "Rounds in which each side has its turn; 0 compares the results and times nothing.")
    var repetitions = 5

    @Option(help: "Jobs to measure, parted by commas.")
    var jobs = Job.allCases.map(\.rawValue).joined(separator: ",")

    @Option(help: "Numbers of settlements to measure the jobs of a year at, parted by commas, as 1000000,5000000.")
    var scale = ""

    @Option(help: "File for the results as JSON.")
    var json: String?

    @Option(help: "The built command (default: beside this program).")
    var settle: String?

    @Option(help: "Directory of the peers' SQL.")
    var peers = "sql/bench"

    @Option(help: "Working directory.")
    var work = ".bench"

    @Flag(help: "Leave the databases there.")
    var keep = false

    private var chosen: [Job] {
        get throws {
            try jobs.split(separator: ",").map { name in
                guard let job = Job(rawValue: String(name)) else {
                    throw ValidationError("there is no job \(name); there are \(Job.allCases.map(\.rawValue))")
                }
                return job
            }
        }
    }

    private var sizes: [Int] {
        get throws {
            guard !scale.isEmpty else { return [city.settlements] }
            return try scale.split(separator: ",").map { text in
                guard let size = Int(text), size > 0 else { throw ValidationError("--scale takes whole numbers") }
                return size
            }
        }
    }

    func validate() throws {
        _ = try (chosen, sizes)
        guard repetitions >= 0 else { throw ValidationError("--repetitions takes 0 or more") }
    }

    func run() throws {
        let programs = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let built = URL(filePath: programs).deletingLastPathComponent().path
        let (program, peers) = (absolute(settle ?? "\(built)/settle"), absolute(self.peers))
        let (work, json) = (absolute(self.work), json.map(absolute))
        let jobs = try chosen
        func bench<T>(_ name: String, _ body: (Workbench) throws -> T) throws -> T {
            let bench = try Workbench(
                settle: program, peers: peers, directory: work, database: "settle_bench_\(name)")
            let result = try body(bench)
            if !keep { try bench.drop() }
            return result
        }
        var report = BenchReport(
            settings: try BenchReport.settings(), city: city,
            repetitions: repetitions)
        if jobs.contains(.monthEnd) {
            report.measurements += try bench("month") {
                try MonthEndBench(city: city, bench: $0).measure(repetitions: repetitions)
            }
        }
        for settlements in try sizes where !Set(jobs).isDisjoint(with: [.adjudication, .proof, .night, .load, .verify])
        {
            report.measurements += try bench("year") {
                try YearBench(city: city, settlements: settlements, jobs: jobs, bench: $0)
                    .measure(repetitions: repetitions)
            }
        }
        print(report.markdown)
        if let json { try report.json().write(to: URL(filePath: json)) }
    }

    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }
}
