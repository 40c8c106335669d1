/// Why a benchmark came to nothing.
enum BenchError: Error, CustomStringConvertible {
    /// A peer's result is not ours: no time of it means anything.
    case mismatch(job: String, what: String, rows: Int64, differences: Int64)
    case programFailed(String, code: Int32, log: String, last: String)
    case notBuilt(String)
    case nothingToMeasure(String)

    /// 4 does not tie, 70 fault of a program, 64 usage.
    var exitCode: Int32 {
        switch self {
        case .mismatch: 4
        case .programFailed, .notBuilt: 70
        case .nothingToMeasure: 64
        }
    }

    var description: String {
        switch self {
        case .mismatch(let job, let what, let rows, let differences):
            """
            \(job): \(differences) of \(rows) \(what) differ between settle and the peer, so nothing was timed. \
            Look into schemas bench and bench_kept of the database (--keep leaves it there).
            """
        case .programFailed(let program, let code, let log, let last):
            "\(program) ended with \(code); its output is in \(log) and ends: \(last)"
        case .notBuilt(let path):
            "\(path) is not there; build it with: swift build --configuration release --product settle"
        case .nothingToMeasure(let why):
            why
        }
    }
}
