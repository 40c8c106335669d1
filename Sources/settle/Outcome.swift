import Archive
import ArgumentParser
import Books
import City
import Files
import Intake
import Jobs
import Policy
import Postgres
import Reports
import Spreadsheet

/// How the program ends after an error: a text on standard error and an exit code that cron can tell apart.
struct Outcome {
    let text: String?
    let code: Int32

    /// What an error of any layer means for the operator.
    static func of(_ error: any Error) -> Outcome {
        switch error {
        case let error as Jobs.ExitCode: Outcome(text: nil, code: error.rawValue)
        case let error as JobError: Outcome(text: "\(error)", code: error.exitCode.rawValue)
        case let error as PolicyError: Outcome(text: "\(error)", code: code(of: error).rawValue)
        case let error as LoadError: Outcome(text: "\(error)", code: error.exitCode.rawValue)
        case let error as VerifyError: Outcome(text: "\(error)", code: error.exitCode.rawValue)
        case let error as ReconcileError: Outcome(text: "\(error)", code: error.exitCode.rawValue)
        case let error as BooksError: Outcome(text: "\(error)", code: error.exitCode.rawValue)
        case let error as LedgerError: Outcome(text: "\(error)", code: error.exitCode.rawValue)
        case let error as ReportGap: Outcome(text: "\(error)", code: error.exitCode.rawValue)
        case let error as ReportError:
            Outcome(text: "\(error)", code: (error.isDifference ? Jobs.ExitCode.doesNotTie : .bug).rawValue)
        case let error as FileError: Outcome(text: "\(error)", code: Jobs.ExitCode.refused.rawValue)
        case let error as SpreadsheetError: Outcome(text: "\(error)", code: Jobs.ExitCode.refused.rawValue)
        case let error as StatementError: Outcome(text: "\(error)", code: error.exitCode.rawValue)
        case let error as ExplainError: Outcome(text: "\(error)", code: error.exitCode.rawValue)
        case let error as ArchiveError: Outcome(text: "\(error)", code: Jobs.ExitCode.refused.rawValue)
        case let error as CityError: Outcome(text: "\(error)", code: Jobs.ExitCode.refused.rawValue)
        case let error as DatabaseError: Outcome(text: "\(error)", code: code(of: error).rawValue)
        case let error as TransactionError<any Error>: of(error)
        default: ofArguments(error)
        }
    }

    private static func of(_ error: TransactionError<any Error>) -> Outcome {
        if case .body(let inner) = error { return of(inner) }
        let exitCode = error.databaseError.map(code) ?? .bug
        return Outcome(text: "\(error)", code: exitCode.rawValue)
    }

    /// ArgumentParser's own errors, `--help` and `--version` among them; whatever is of no known layer is a fault of the
    /// program.
    private static func ofArguments(_ error: any Error) -> Outcome {
        let parserCode = Settle.exitCode(for: error)
        let exitCode: Jobs.ExitCode =
            parserCode == .success ? .done : parserCode == .validationFailure ? .usage : .bug
        return Outcome(text: Settle.fullMessage(for: error), code: exitCode.rawValue)
    }

    /// Ends the process.
    func end() -> Never {
        if let text, !text.isEmpty {
            code == 0 ? Console.print(text) : Console.complain(text)
        }
        Console.exit(code)
    }

    private static func code(of error: PolicyError) -> Jobs.ExitCode {
        switch error {
        case .refused, .unknownPack: .refused
        case .noRule, .figureNotSupplied: .waits
        }
    }

    /// What the server or the network may give another time is tried again; a connection that cannot be made as well,
    /// since cron will come back.
    private static func code(of error: DatabaseError) -> Jobs.ExitCode {
        switch error {
        case .connect, .connectionLost, .commitUnknown: .tryLater
        case .server: error.isTransient ? .tryLater : .bug
        case .decoding, .tooManyRows, .copyRows, .misuse, .transactionAborted: .bug
        }
    }
}

extension Jobs.ExitCode: Error {}
