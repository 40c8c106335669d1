package import Money

/// Why there is no report: reports are made of completed runs only.
package enum ReportGap: Error, Hashable, Sendable {
    /// The instance is not done.
    case notDone(Instance)
    /// The month was settled together with a later one, whose report holds it.
    case settledWith(Month, Instance)
    /// The certificate of the year is not what it was when the year was closed.
    case certificateAltered(Int)
}

extension ReportGap {
    package var exitCode: ExitCode {
        switch self {
        case .notDone: .tryLater
        case .settledWith: .refused
        case .certificateAltered: .doesNotTie
        }
    }
}

extension ReportGap: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notDone(let instance):
            "\(instance) is not done, and reports are made of completed runs only. `settle run-due` does what is due."
        case .settledWith(let month, let instance):
            "\(month) was settled together with \(instance); report that month."
        case .certificateAltered(let year):
            "the certificate of \(year) is not what its digest says. `settle verify --year \(year)` names what differs."
        }
    }
}
