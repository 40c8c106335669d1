import Glibc

/// Makes a directory and what lies above it, where they are missing.
package func makeDirectory(_ path: String) throws(FileError) {
    if isDirectory(path) { return }
    guard access(path, F_OK) != 0 else { throw .notWritable(path: path, reason: "it is there and no directory") }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
        try makeDirectory(String(path[..<slash]))
    }
    // Another process may make it at the same moment.
    guard mkdir(path, 0o777) == 0 || errno == EEXIST && isDirectory(path) else { throw .system(path) }
}

private func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
