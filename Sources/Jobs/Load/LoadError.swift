package import Intake

/// Why a delivery was not loaded. In every case but the last nothing of it is in the database.
package enum LoadError: Error {
    case directory(String)
    case noFiles(directory: String)
    case unknownFiles([String], directory: String)
    case unreadable(String, reason: String)
    case refused(IntakeProblems)
    /// The answer to COMMIT was lost, and what became of it could not be looked up.
    case outcomeUnknown(batch: Int64, any Error)
}

extension LoadError {
    package var exitCode: ExitCode {
        switch self {
        case .directory, .noFiles, .unknownFiles, .unreadable, .refused: .refused
        case .outcomeUnknown: .tryLater
        }
    }
}

extension LoadError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .directory(let path):
            "\(path): not a directory that can be read; name the one that holds the delivered files"
        case .noFiles(let directory):
            "\(directory): no file of the intake contract is in it; \(LoadError.knownFiles)"
        case .unknownFiles(let names, let directory):
            "\(directory): not in the intake contract: \(names.joined(separator: ", ")); "
                + "take it out or rename it: \(LoadError.knownFiles)"
        case .unreadable(let path, let reason):
            "\(path): \(reason); let the user that runs the load read it"
        case .refused(let problems):
            "\(problems)\nNothing was loaded."
        case .outcomeUnknown(let batch, let error):
            "whether batch \(batch) was committed is not known: \(error) Load again: if it was, nothing changes."
        }
    }

    private static var knownFiles: String {
        "the files are \(IntakeFile.all.map(\.name).joined(separator: ", "))"
    }
}
