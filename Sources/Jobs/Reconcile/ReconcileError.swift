/// Why a reconciliation, or a decision about a difference, is refused.
package enum ReconcileError: Error, Hashable, Sendable {
    case unknownDiscrepancy(DiscrepancyID)
    case noReason
    case unknownInstitution(String)
    case directory(String, reason: String)
    /// A text of ours cannot stand in the interface's file.
    case notWritable(DetailFault, column: String, institution: String)
    /// The institution's file, problem by problem.
    case refused([DetailProblem], isCut: Bool)
}

extension ReconcileError {
    package var exitCode: ExitCode {
        switch self {
        case .unknownDiscrepancy, .unknownInstitution, .refused, .notWritable: .refused
        case .noReason: .usage
        case .directory: .refused
        }
    }
}

extension ReconcileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownDiscrepancy(let id):
            "there is no discrepancy \(id); `settle discrepancies` lists them with their ids."
        case .noReason:
            "a decision needs a reason: say with --reason what was found, and on which document it rests."
        case .unknownInstitution(let code):
            "there is no institution \(code); write its fixmedins_code as in institution.csv."
        case .directory(let path, let reason):
            "\(path): cannot be made or written to: \(reason); name a directory that can."
        case .notWritable(let fault, let column, let institution):
            "\(column) of a settlement of \(institution) cannot stand in the interface's file: \(fault.reason). "
                + "Correct it in intake.settlement or intake.person."
        case .refused(let problems, let isCut):
            (problems.map(\.description)
                + (isCut ? ["and more may be wrong: the first \(problems.count) problems are shown"] : [])
                + ["Nothing was read in."]).joined(separator: "\n")
        }
    }
}
