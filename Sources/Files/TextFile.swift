/// A text on its way to a file, in blocks. It appears whole or not at all.
package final class TextFile {
    private let file: WholeFile
    private var buffer: [UInt8] = []

    package init(_ path: String) throws(FileError) {
        file = try WholeFile(path)
    }

    package func write(_ text: String) throws(FileError) {
        buffer += text.utf8
        if buffer.count >= 64 * 1024 { try flush() }
    }

    /// Writes what is left, syncs, and gives the file its name.
    package func finish() throws(FileError) {
        try flush()
        try file.finish()
    }

    private func flush() throws(FileError) {
        try file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
