// Public for the conformances below: those of types that can be inlined are seen wherever the types are.
public import ArgumentParser
import Glibc
import Jobs
import Logging
public import Money
import Policy
import Postgres

/// Where the database is.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "Connection settings (conninfo or URI); what it leaves out comes from libpq's environment.")
    var database = ""

    var settings: ConnectionSettings { ConnectionSettings(database, applicationName: "settle") }
}

/// By which rules.
struct RulesOptions: ParsableArguments {
    @Option(name: .customLong("rules"), help: "Directory of rule packs that replace or add to the built-in ones.")
    var directory: String?

    @Option(
        name: .customLong("site"),
        help: "Site file that supplies figures of this office (or environment SETTLE_SITE).")
    var site: String?

    @Option(help: "Rule pack to settle by.")
    var pack = RulesOptions.usualPack

    private static let usualPack = "lianyungang-employee"

    var isUsualPack: Bool { pack == RulesOptions.usualPack }

    /// The option, or else the environment's file.
    var siteFile: String? { site ?? environment("SETTLE_SITE") }

    func load() throws -> RuleSet {
        try RuleSet.load(pack: pack, rulesDirectory: directory, siteFile: siteFile)
    }
}

/// How a job works.
struct WorkOptions: ParsableArguments {
    @Option(help: "Connections at work at the same time.")
    var workers = 2

    @Option(help: "Persons a chunk holds.")
    var chunkSize = 16_384

    func validate() throws {
        guard (1...64).contains(workers) else { throw ValidationError("--workers takes 1 to 64") }
        guard (1...1_000_000).contains(chunkSize) else { throw ValidationError("--chunk-size takes 1 to 1000000") }
    }
}

func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
}

/// Reads a month as `2023-01`.
extension Month: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}

/// Reads a date as `2023-01-31`.
extension CivilDate: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}

extension Clock {
    /// The machine's clock, read as the business zone's.
    static let machine = Clock { Int64(time(nil)) }
}

extension JobContext {
    init(
        _ database: DatabaseOptions, rules: RuleSet, work: WorkOptions, isDryRun: Bool = false, clock: Clock = .machine,
        bar: ProgressBar
    ) {
        StopSignals.install()
        self.init(
            settings: database.settings, rules: rules, clock: clock, workers: work.workers, chunkSize: work.chunkSize,
            isDryRun: isDryRun, programVersion: Program.version, owner: processName(), stop: StopSignals.request,
            logger: operatorLog(),
            progress: { progress in
                let step = progress.step.map { ": \($0)" } ?? ""
                bar.show(
                    "\(progress.instance)\(step)", done: Int64(progress.chunksDone), of: Int64(progress.chunkCount))
            })
    }
}

/// Host and process, as the lease names its owner.
private func processName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, 255)
    let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "\(host), process \(getpid())"
}

/// Plain lines on standard error: cron mails or files them. A person at a terminal sees the bar and the summary instead.
private func operatorLog() -> Logger {
    var logger = Logger(label: "settle") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = Console.isWatched ? .warning : .notice
    return logger
}

/// SIGTERM and SIGINT ask the job to end after the chunks at work.
enum StopSignals {
    static let request = StopRequest()

    static func install() {
        for number in [SIGTERM, SIGINT] {
            signal(number) { _ in StopSignals.request.request() }
        }
    }
}
