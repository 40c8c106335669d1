import Glibc

/// A file that appears whole or not at all: bytes go to another name beside it, which replaces it when all are on disk.
/// What was there before stays until then.
package final class WholeFile {
    private let path: String
    private let part: PartFile
    private let descriptor: Int32
    private var isFinished = false

    /// - Throws: ``FileError``, also where the path is there and no regular file, as `/dev/stdout`.
    package init(_ path: String) throws(FileError) {
        self.path = path
        part = try PartFile(of: path)
        descriptor = open(part.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(path) }
    }

    deinit {
        if !isFinished {
            close(descriptor)
            part.abandon()
        }
    }

    package func write(_ bytes: [UInt8]) throws(FileError) {
        try writeAll(bytes, to: descriptor, path)
    }

    /// Syncs and gives the file its name.
    package func finish() throws(FileError) {
        isFinished = true
        // The answer of close counts too: a full network disk speaks up only there.
        guard close(descriptor) == 0 else {
            let error = FileError.system(path)
            part.abandon()
            throw error
        }
        try part.finish()
    }
}

/// Writes all bytes to an open file.
///
/// - Parameter path: how errors name it.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(FileError) {
    var start = 0
    while start < bytes.count {
        let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw .system(path) }
        start += count
    }
}
