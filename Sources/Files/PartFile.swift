import Glibc

/// The temporary name of a file on its way, for those who write by themselves: a library, or ``WholeFile``.
package struct PartFile: Sendable {
    private let finalPath: String
    /// Beside the file, in the same directory; of this process alone.
    package let path: String

    /// - Throws: ``FileError`` where the path is there and no regular file.
    package init(of path: String) throws(FileError) {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw .notWritable(path: path, reason: "it is there and not a regular file")
        }
        finalPath = path
        self.path = "\(path).\(getpid()).part"
    }

    /// Gives the file, written and closed, its own name once its bytes are on the disk.
    package func finish() throws(FileError) {
        do throws(FileError) {
            try sync(path, O_RDONLY | O_CLOEXEC)
            guard rename(path, finalPath) == 0 else { throw .system(finalPath) }
        } catch {
            abandon()
            throw error
        }
        // So that the new name outlives a power cut.
        let slash = finalPath.lastIndex(of: "/")
        let directory = slash.map { $0 == finalPath.startIndex ? "/" : String(finalPath[..<$0]) } ?? "."
        try sync(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    /// Removes what was written.
    package func abandon() {
        unlink(path)
    }

    private func sync(_ opened: String, _ flags: Int32) throws(FileError) {
        let descriptor = open(opened, flags)
        guard descriptor >= 0 else { throw .system(finalPath) }
        let isSynced = fsync(descriptor) == 0
        let error = FileError.system(finalPath)
        close(descriptor)
        guard isSynced else { throw error }
    }
}
