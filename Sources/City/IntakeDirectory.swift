import Glibc

/// A directory that is filled whole or not at all: everything is written under a hidden name inside it and moved into
/// place at the end. The directory itself is never replaced, so that it may be a mounted disk.
struct IntakeDirectory {
    private let directory: String

    private static let hiddenName = ".writing"

    /// Runs `body`, which writes, and moves what it wrote into place; after an error it is removed.
    static func writing<Value>(
        to directory: String, _ body: (IntakeDirectory) throws(CityError) -> Value
    ) throws(CityError) -> Value {
        let wasMade = mkdir(directory, 0o755) == 0
        guard wasMade || errno == EEXIST else { throw .failed("make the directory", directory) }
        let place = IntakeDirectory(directory: directory)
        // What an interrupted run left is of no use to anyone; anything else is somebody's.
        guard try names(in: directory).allSatisfy({ $0 == hiddenName }) else { throw .directoryNotEmpty(directory) }
        do throws(CityError) {
            try remove(place.hidden)
            guard mkdir(place.hidden, 0o755) == 0 else { throw .failed("make the directory", place.hidden) }
            let value = try body(place)
            try place.reveal()
            return value
        } catch {
            // The first error is the one to report, whether or not the remains can be removed.
            do throws(CityError) { try remove(place.hidden) } catch {}
            if wasMade { rmdir(directory) }
            throw error
        }
    }

    private var hidden: String { "\(directory)/\(IntakeDirectory.hiddenName)" }

    /// Where to write what will be `name` in the directory.
    func path(_ name: String) -> String {
        "\(hidden)/\(name)"
    }

    func makeDirectory(_ name: String) throws(CityError) {
        guard mkdir(path(name), 0o755) == 0 else { throw .failed("make the directory", path(name)) }
    }

    private func reveal() throws(CityError) {
        for name in try IntakeDirectory.names(in: hidden).sorted() {
            guard rename(path(name), "\(directory)/\(name)") == 0 else { throw .failed("move into place", path(name)) }
        }
        guard rmdir(hidden) == 0 else { throw .failed("remove the directory", hidden) }
    }

    private static func names(in directory: String) throws(CityError) -> [String] {
        guard let stream = opendir(directory) else { throw .failed("read the directory", directory) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                    String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a directory with its files and the directories of files in it; nothing if it is not there.
    private static func remove(_ directory: String) throws(CityError) {
        guard access(directory, F_OK) == 0 else { return }
        for name in try names(in: directory) {
            let path = "\(directory)/\(name)"
            if unlink(path) == 0 { continue }
            guard errno == EISDIR || errno == EPERM else { throw .failed("remove the file", path) }
            try remove(path)
        }
        guard rmdir(directory) == 0 else { throw .failed("remove the directory", directory) }
    }
}
