import Money
import Policy
import Postgres

/// Begins runs and takes interrupted ones up again.
struct RunBook {
    let context: JobContext

    /// The interrupted run, if there is one, to be gone on with.
    ///
    /// - Throws: ``JobError/interrupted(_:run:)`` if it is another instance's, ``JobError/rulesChanged(_:run:begunWith:given:)``.
    func resume(_ instance: Instance, _ connection: inout Connection) throws -> Run? {
        guard let run = try RunStore.atWork(&connection) else { return nil }
        guard run.instance == instance else { throw JobError.interrupted(run.instance, run: run.id) }
        guard run.rulesDigest == context.rules.digest else {
            throw JobError.rulesChanged(
                run.instance, run: run.id, begunWith: run.rulesDigest, given: context.rules.digest)
        }
        _ = try connection.execute(.resumeRun, run.id)
        return run
    }

    /// A run that is not written yet.
    ///
    /// - Parameters:
    ///   - previous: what the job's run before knew; the new one never knows less.
    ///   - people: persons to expect, which decides the number of chunks.
    ///   - chunkSize: persons that a chunk should hold; the context's unless said otherwise.
    func draft(
        _ instance: Instance, postingMonth: Month, previous: Horizon?, monthsFrom: Month, people: Int64,
        chunkSize: Int? = nil, steps: Int = 1, _ connection: inout Connection
    ) throws -> Run {
        let id = try connection.first(.nextRunID) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 1
        let batch = try connection.first(.latestBatch) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 0
        let date = max(instance.businessDate, previous?.date ?? instance.businessDate)
        return Run(
            id: id, instance: instance, postingMonth: postingMonth, horizon: Horizon(date: date, batch: batch),
            previous: previous, monthsFrom: monthsFrom,
            chunkCount: PersonRange.count(forPeople: people, chunkSize: chunkSize ?? context.chunkSize) * Int32(steps),
            state: .running,
            waitsFor: nil, attempts: 1, rulesDigest: context.rules.digest, startedAt: context.clock.now,
            finishedAt: nil)
    }

    /// Writes a drafted run and the rules it goes by, and opens its month of the books.
    func begin(_ run: Run, _ connection: inout Connection) throws {
        let sources = context.rules.sources
        let pack = sources.filter { $0.kind == .pack }.map(\.text).joined(separator: "\n")
        let sites = sources.filter { $0.kind == .site }.map(\.text)
        let site: String? = sites.isEmpty ? nil : sites.joined(separator: "\n")
        _ = try connection.execute(
            .insertRulePack, context.rules.digest, context.rules.name, pack, site, context.clock.now)
        try PeriodStore.open(run.postingMonth, &connection)
        try RunStore.insert(run, programVersion: context.programVersion, into: &connection)
    }
}
