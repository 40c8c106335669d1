/// Why a zip file cannot be read or written.
package enum ArchiveError: Error, Hashable, Sendable {
    case unreadable(String, reason: String)
    /// The interface's files hold one file each.
    case notOneEntry(String, count: Int64)
    case encrypted(String)
    case unwritable(String, reason: String)
}

extension ArchiveError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot be read as a zip file: \(reason); deliver it again"
        case .notOneEntry(let path, let count):
            "\(path): holds \(count) files; put exactly one text file into the zip"
        case .encrypted(let path):
            "\(path): is encrypted; deliver it without a password"
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason); name a directory that is there, has room and may be written to"
        }
    }
}
