import CZip
import Files
import Glibc

/// Packs the file at `textPath` as the only entry of a new zip file at `path`, which comes to be whole or not at all: it is
/// written beside, synced and renamed. The same text gives the same bytes, whenever it is packed.
///
/// All that writes with libzip stands in this file.
package func writeZip(_ path: String, entry name: String, from textPath: String) throws(ArchiveError) {
    let part: PartFile
    do throws(FileError) {
        part = try PartFile(of: path)
    } catch {
        throw ArchiveError(error)
    }
    do throws(ArchiveError) {
        try pack(part.path, entry: name, from: textPath)
    } catch {
        part.abandon()
        throw error
    }
    do throws(FileError) {
        try part.finish()
    } catch {
        throw ArchiveError(error)
    }
}

extension ArchiveError {
    fileprivate init(_ error: FileError) {
        switch error {
        case .notWritable(let path, let reason): self = .unwritable(path, reason: reason)
        }
    }
}

private func pack(_ path: String, entry name: String, from textPath: String) throws(ArchiveError) {
    var code: Int32 = 0
    // libzip copies paths and names; the archive is owned here until it is closed or discarded below.
    guard let archive = unsafe zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
        throw .unwritable(path, reason: errorText())
    }
    do throws(ArchiveError) {
        // The text is read when the archive is closed, from the beginning to the end.
        guard let source = unsafe zip_source_file(archive, textPath, 0, -1) else {
            throw unsafe .unwritable(path, reason: String(cString: zip_strerror(archive)))
        }
        // The archive takes over the source, unless it refuses the entry.
        let index = unsafe zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8)
        guard index >= 0 else {
            unsafe zip_source_free(source)
            throw unsafe .unwritable(path, reason: String(cString: zip_strerror(archive)))
        }
        guard unsafe zip_file_set_mtime(archive, UInt64(index), dayOfEveryEntry, 0) == 0,
            unsafe zip_close(archive) == 0
        else {
            throw unsafe .unwritable(path, reason: String(cString: zip_strerror(archive)))
        }
    } catch {
        unsafe zip_discard(archive)
        throw error
    }
}

/// Noon of 1980-01-02 in UTC: a zip file knows no day before 1980-01-01, in whatever zone.
private let dayOfEveryEntry: time_t = 315_662_400

private func errorText() -> String {
    unsafe String(cString: strerror(errno))
}
