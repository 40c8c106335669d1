import Glibc

/// A file without a name, for what is too much to be held: it is gone when it is let go, however the program ends.
///
/// It lies where the environment's `TMPDIR` says, or in `/tmp`, and is nobody else's to read. Once it is written, it may be
/// read from several places at the same time.
package final class ScratchFile: Sendable {
    private let descriptor: Int32
    private let directory: String

    package init() throws(FileError) {
        directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(directory)/settle-XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw .system(directory) }
        unlink(name)
    }

    deinit {
        close(descriptor)
    }

    /// Adds bytes at the end.
    package func write(_ bytes: [UInt8]) throws(FileError) {
        try writeAll(bytes, to: descriptor, directory)
    }

    /// Up to `count` bytes from `offset` on; fewer only at the end.
    package func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = .system(directory) }
                guard got > 0 else { return }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
