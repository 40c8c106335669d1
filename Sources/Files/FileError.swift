import Glibc

/// A file that cannot be written.
package enum FileError: Error, Hashable, Sendable {
    case notWritable(path: String, reason: String)

    /// The system call before has failed with `errno`.
    static func system(_ path: String) -> FileError {
        .notWritable(path: path, reason: String(cString: strerror(errno)))
    }
}

extension FileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notWritable(let path, let reason):
            "\(path): cannot be written: \(reason); name a file in a directory that is there and writable."
        }
    }
}
