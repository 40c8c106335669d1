import Jobs
import Logging
import Money
import Policy
import Postgres
import Testing

/// One database of a test. Facts are loaded and jobs run as a member of `settle_batch` and nothing else, so that every
/// test shows as well that no more is needed; looking and tampering is done as the owner.
struct ScratchDatabase: Sendable {
    let server: String
    let name: String

    /// As the owner.
    func connect() throws -> Connection {
        try Connection(ConnectionSettings("\(server) dbname=\(name)"))
    }

    /// As a role that is a member of nothing but `role`.
    func settings(as role: String = "settle_batch", _ commitFault: CommitFault? = nil) -> ConnectionSettings {
        ConnectionSettings("\(server) dbname=\(name) options='-c role=\(role)'", commitFault: commitFault)
    }

    /// The first column of an answer, one text a row.
    ///
    /// - Parameter date: `$1`, as `2023-01-31`.
    func rows(_ sql: SQLText, _ date: String? = nil) throws -> [String] {
        var connection = try connect()
        let statement = Statement("look", sql)
        func text(_ row: borrowing Row) throws(DatabaseError) -> String { try row[0, as: String.self] }
        guard let date else { return try connection.rows(statement, decode: text) }
        return try connection.rows(statement, try #require(CivilDate(date)), decode: text)
    }

    /// What only the owner may do, or nobody.
    func tamper(_ sql: String) throws {
        var connection = try connect()
        try connection.script(sql, name: "tampering")
    }

    @discardableResult
    func load(_ directory: String) throws -> LoadResult {
        let loader = Loader(settings: settings(), clock: try .noon("2024-04-01"), programVersion: "test")
        return try loader.load(directory: directory)
    }

    /// Loads files, by name.
    @discardableResult
    func load(_ files: [String: String]) throws -> LoadResult {
        try load(try Scratch.directory(files))
    }

    /// Settles a month, by rules with the figure of 2024 unless others are given.
    @discardableResult
    func monthEnd(_ month: Month, _ options: JobOptions = JobOptions()) async throws -> MonthEndResult {
        try await MonthEndJob(options.context(settings(options.commitFault)), month: month).run()
    }

    /// The same of a month as an operator types it.
    @discardableResult
    func monthEnd(_ month: String, _ options: JobOptions = JobOptions()) async throws -> MonthEndResult {
        try await monthEnd(#require(Month(month)), options)
    }

    /// Settles every month that is over on the clock's day.
    @discardableResult
    func runDue(_ options: JobOptions = JobOptions()) async throws -> RunDueResult {
        let context = try options.context(settings(options.commitFault))
        return try await RunDueJob(context, today: context.clock.today).run { _ in }
    }
}

/// How a job is started.
struct JobOptions: Sendable {
    /// `nil` means the built-in pack with the figure of ``TestRules``.
    var rules: RuleSet?
    /// The clock's day, as `2024-04-01`.
    var today = "2024-04-01"
    var workers = 2
    var chunkSize = 200
    var isDryRun = false
    var owner = "a test"
    var commitFault: CommitFault?
    var stop = StopRequest()
    var progress: @Sendable (Progress) -> Void = { _ in }

    func context(_ settings: ConnectionSettings) throws -> JobContext {
        JobContext(
            settings: settings, rules: try rules ?? TestRules.supplied(), clock: try .noon(today), workers: workers,
            chunkSize: chunkSize, isDryRun: isDryRun, programVersion: "test", owner: owner, stop: stop,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, progress: progress)
    }
}

extension Clock {
    /// Noon of a day in the business zone.
    static func noon(_ day: String) throws -> Clock {
        let noon = CivilTime(try #require(CivilDate(day)), secondOfDay: 43_200)
        return Clock { noon.unixSeconds }
    }
}
