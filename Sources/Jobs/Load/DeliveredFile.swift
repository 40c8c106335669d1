import Crypto
import Glibc
import Intake

/// An open file of a delivery. It keeps the digest of what was read and says how far the reading is.
final class DeliveredFile {
    private let file: IntakeFile
    private let path: String
    private let descriptor: Int32
    private let byteCount: Int
    private var bytesRead = 0
    private var hash = SHA256()
    private let progress: (LoadProgress) -> Void

    init(_ file: IntakeFile, at path: String, progress: @escaping (LoadProgress) -> Void) throws(LoadError) {
        self.file = file
        self.path = path
        self.progress = progress
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            // The error number, before a call that may change it.
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { close(descriptor) }
            throw .unreadable(path, reason: reason)
        }
        byteCount = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// The bytes of the file from its beginning, once.
    var blocks: Blocks { Blocks(file: self) }

    struct Blocks: ByteSource {
        fileprivate let file: DeliveredFile

        mutating func read(into block: inout [UInt8], at places: Range<Int>) throws -> Int {
            try file.read(into: &block, at: places)
        }
    }

    /// SHA-256 of the bytes read, in hexadecimal.
    var digest: String { hexadecimal(hash.finalize()) }

    private func read(into block: inout [UInt8], at places: Range<Int>) throws(LoadError) -> Int {
        // The pointer is to the given places of the block and does not leave the closure.
        let count = block.withUnsafeMutableBytes { bytes in
            let target = UnsafeMutableRawBufferPointer(rebasing: bytes[places])
            var count = Glibc.read(descriptor, target.baseAddress, target.count)
            while count < 0, errno == EINTR {
                count = Glibc.read(descriptor, target.baseAddress, target.count)
            }
            if count > 0 { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: target.prefix(count))) }
            return count
        }
        guard count >= 0 else { throw .unreadable(path, reason: String(cString: strerror(errno))) }
        bytesRead += count
        if count > 0 {
            progress(LoadProgress(file: file.name, bytesRead: bytesRead, byteCount: max(byteCount, bytesRead)))
        }
        return count
    }
}
