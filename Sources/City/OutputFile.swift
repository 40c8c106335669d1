import Glibc

/// An intake file being written. It is opened for each full buffer and closed again, so that a city of many months
/// needs no descriptor for each of its hundreds of files.
struct OutputFile {
    private let file: CityFile
    private let path: String
    private let bufferSize: Int
    private var buffer = RowBuffer(capacity: 0)
    private var hasBegun = false

    init(_ file: CityFile, path: String, bufferSize: Int) {
        self.file = file
        self.path = path
        self.bufferSize = bufferSize
    }

    /// Writes the header; a file that never gets a row is not there without it.
    mutating func begin() {
        hasBegun = true
        buffer = RowBuffer(capacity: bufferSize + 1024)
        buffer.append(file.header)
        buffer.endRow()
    }

    mutating func add(_ row: (inout RowBuffer) -> Void) throws(CityError) {
        if !hasBegun { begin() }
        row(&buffer)
        if buffer.count >= bufferSize { try flush() }
    }

    mutating func flush() throws(CityError) {
        guard !buffer.isEmpty else { return }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .failed("open the file", path) }
        let written = writeAll(to: descriptor)
        // The answer of close counts too: a full network disk speaks up only there.
        let closed = close(descriptor) == 0
        guard written, closed else { throw .failed("write the file", path) }
        buffer.removeAll()
    }

    private func writeAll(to descriptor: Int32) -> Bool {
        buffer.withBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let part = UnsafeRawBufferPointer(rebasing: bytes[offset...])
                let count = write(descriptor, part.baseAddress, part.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return false }
                offset += count
            }
            return true
        }
    }
}

extension CityError {
    /// The system call before has failed with `errno`.
    static func failed(_ action: String, _ path: String) -> CityError {
        .system(action: action, path: path, reason: String(cString: strerror(errno)))
    }
}
