import Glibc

/// A file that appears whole or not at all: bytes go to another name beside it, which replaces it when all are on disk.
/// What was there before stays until then.
package final class WholeFile {
    private let path: String
    private let partPath: String
    private let descriptor: Int32
    private var isFinished = false

    /// - Throws: ``BooksError/notWritable(path:reason:)``, also where the path is there and no regular file, as
    ///   `/dev/stdout`.
    package init(_ path: String) throws(BooksError) {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw .notWritable(path: path, reason: "it is there and not a regular file")
        }
        self.path = path
        partPath = "\(path).\(getpid()).part"
        descriptor = open(partPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(path) }
    }

    deinit {
        if !isFinished {
            close(descriptor)
            unlink(partPath)
        }
    }

    package func write(_ bytes: [UInt8]) throws(BooksError) {
        try writeAll(bytes, to: descriptor, path)
    }

    /// Syncs and gives the file its name.
    package func finish() throws(BooksError) {
        guard fsync(descriptor) == 0 else { throw .system(path) }
        isFinished = true
        // The answer of close counts too: a full network disk speaks up only there.
        guard close(descriptor) == 0, rename(partPath, path) == 0 else {
            let error = BooksError.system(path)
            unlink(partPath)
            throw error
        }
        try syncDirectory()
    }

    /// So that the new name outlives a power cut.
    private func syncDirectory() throws(BooksError) {
        let slash = path.lastIndex(of: "/")
        let directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let opened = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw .system(path) }
        let isSynced = fsync(opened) == 0
        let error = BooksError.system(path)
        close(opened)
        guard isSynced else { throw error }
    }
}

extension BooksError {
    /// The system call before has failed with `errno`.
    fileprivate static func system(_ path: String) -> BooksError {
        .notWritable(path: path, reason: String(cString: strerror(errno)))
    }
}

/// Writes all bytes to an open file.
///
/// - Parameter path: how errors name it.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(BooksError) {
    var start = 0
    while start < bytes.count {
        let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw .system(path) }
        start += count
    }
}
