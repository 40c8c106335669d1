package import Money
package import Postgres

/// Why a job cannot run or does not complete.
package enum JobError: Error, Sendable {
    /// Another process holds the lease.
    case leased(owner: String, since: PostgresTimestamp?, beat: PostgresTimestamp)
    /// This process held the lease and lost it to another.
    case leaseLost
    /// An interrupted run of another instance has to be finished first.
    case interrupted(Instance, run: Int64)
    case periodNotOver(Month, today: CivilDate)
    case dayNotOver(CivilDate, today: CivilDate)
    /// Nights of the month have settlements to adjudicate and are not done.
    case nightsMissing(Month)
    /// Month-ends of the year are not done, or wait.
    case monthsMissing(year: Int, Month)
    /// The books of an earlier year are to be closed first.
    case yearsMissing(year: Int, earlier: Int)
    /// December's books were closed by something else than the year's annual settlement.
    case decemberClosed(year: Int)
    /// Only a closed year is proven again.
    case yearNotClosed(Int)
    /// Rows of a closed year were altered, which no entry in the open month makes good.
    case closedLedgerAltered(year: Int, people: Int)
    /// The books of the month are closed, so the night cannot post into them.
    case periodClosed(Month, Instance)
    /// The rules name the benefit year by the date of service, which settlements do not carry.
    case noServiceDate
    /// An interrupted run can only be finished by the rules it was begun with.
    case rulesChanged(Instance, run: Int64, begunWith: String, given: String)
    /// Control totals that should be equal are not.
    case doesNotTie(Instance, run: Int64, [Tie])
    case schemaMissing
    case schemaIncomplete(String)
    /// The database was migrated by a newer program.
    case schemaNewer(database: Int, program: Int)
    case schemaOlder(database: Int, program: Int)
    /// A migration's text is not the one that was applied.
    case migrationChanged(number: Int, name: String)
    /// The operator asked the program to stop; what is committed stays.
    case stopped(Instance, run: Int64)
    /// The identifier of a fact is longer than the interface allows.
    case identifierTooLong(table: String)
    case overflow(MoneyOverflow, run: Int64)
}

/// Two figures that must be equal, from two independent ways.
package struct Tie: Hashable, Sendable {
    package let name: String
    package let left: Int64
    package let right: Int64

    package init(_ name: String, _ left: Int64, _ right: Int64) {
        self.name = name
        self.left = left
        self.right = right
    }

    package var holds: Bool { left == right }
}

/// How the program ends (`sysexits` where they fit).
package enum ExitCode: Int32, Hashable, Sendable, CaseIterable {
    case done = 0
    case waits = 3
    case doesNotTie = 4
    case owned = 5
    case usage = 64
    case refused = 65
    case bug = 70
    case tryLater = 75
}

extension JobError {
    package var exitCode: ExitCode {
        switch self {
        case .leased: .owned
        case .leaseLost, .interrupted, .periodNotOver, .dayNotOver, .nightsMissing, .monthsMissing, .yearsMissing,
            .yearNotClosed, .stopped:
            .tryLater
        case .periodClosed, .decemberClosed: .refused
        case .rulesChanged, .noServiceDate: .waits
        case .doesNotTie, .closedLedgerAltered: .doesNotTie
        case .schemaMissing, .schemaOlder, .schemaNewer: .tryLater
        case .schemaIncomplete, .migrationChanged, .overflow: .bug
        case .identifierTooLong: .refused
        }
    }
}

extension JobError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .leased(let owner, let since, let beat):
            "another run is at work: \(owner)\(since.map { ", since \($0.civil)" } ?? ""), "
                + "last sign of life \(beat.civil). Wait for it; `settle status` shows how far it is."
        case .leaseLost:
            "another process took over the lease of this run; this one stops and has written nothing since. "
                + "`settle status` shows who is at work."
        case .interrupted(let instance, let run):
            "run \(run) (\(instance)) was interrupted and comes first. `settle run-due` goes on with it."
        case .periodNotOver(let month, let today):
            "\(month) is not over (today is \(today)); it can be closed from \(month.next.firstDay) on."
        case .dayNotOver(let date, let today):
            "\(date) is not over (today is \(today)); its night can be settled from \(date.adding(days: 1)) on."
        case .nightsMissing(let month):
            "the nights of \(month) are not done; `settle run-due` does them, or `settle nightly --date \(month.lastDay)`."
        case .monthsMissing(let year, let month):
            "the year \(year) cannot be closed: month-end \(month) is not done. `settle run-due` does what is due, and "
                + "`settle status` says what waits."
        case .yearsMissing(let year, let earlier):
            "the year \(year) cannot be closed before \(earlier). `settle run-due` does both, or "
                + "`settle year-end --year \(earlier)`."
        case .decemberClosed(let year):
            "the books of \(Month.last(of: year)) are closed and the annual settlement of \(year) is not done, which has "
                + "to post into them. Open the month in ledger.period, then run again."
        case .yearNotClosed(let year):
            "the year \(year) is not closed; `settle year-end --year \(year)` proves and closes it."
        case .closedLedgerAltered(let year, let people):
            "the books of \(year) are closed, and the ledger does not hold any more what its runs wrote of \(people) "
                + "\(people == 1 ? "person" : "people"). `settle verify --year \(year)` names the places; put the rows "
                + "back, then run again."
        case .periodClosed(let month, let instance):
            "\(instance) would post into \(month), whose books are closed. Late facts are settled by a later night."
        case .noServiceDate:
            "pooling.benefit_year is service_date, but settlement.csv has no date of service. "
                + "Write settlement_time, or have the interface extended."
        case .rulesChanged(let instance, let run, let begunWith, let given):
            "run \(run) (\(instance)) was begun with rules \(begunWith.prefix(12)) and is not finished; the rules given "
                + "now are \(given.prefix(12)). Finish it with the rules it was begun with (run.rule_pack keeps their text)."
        case .doesNotTie(let instance, let run, let ties):
            (["run \(run) (\(instance)) does not tie and is not completed:"]
                + ties.filter { !$0.holds }.map { "  \($0.name): \($0.left) against \($0.right)" }
                + ["Nothing of it shows in the reports. Find the cause, then run again."]).joined(separator: "\n")
        case .schemaMissing:
            "this database has no settle schema. Run `settle migrate` first."
        case .schemaIncomplete(let what):
            "the database is damaged: \(what)."
        case .schemaNewer(let database, let program):
            "the database is at migration \(database), this program knows \(program). Install the newer program."
        case .schemaOlder(let database, let program):
            "the database is at migration \(database), this program needs \(program). Run `settle migrate`."
        case .migrationChanged(let number, let name):
            "migration \(number) (\(name)) was applied with another text than this program has. "
                + "Install the program that made the database; released migrations do not change."
        case .stopped(let instance, let run):
            "run \(run) (\(instance)) stopped as asked; what is committed stays. `settle run-due` goes on with it."
        case .identifierTooLong(let table):
            "\(table) holds an identifier of more than \(FactID.capacity) bytes, which the interface does not allow."
        case .overflow(let error, let run):
            "run \(run): \(error)"
        }
    }
}

extension PostgresTimestamp {
    /// The moment on the clocks of the business zone.
    package var civil: CivilTime { CivilTime(unixSeconds: unixSeconds) }
}
