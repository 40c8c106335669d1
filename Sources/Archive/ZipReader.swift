import CZip

/// The bytes of a zip file's only entry, from its beginning, once. However large the entry, memory stays flat: the bytes
/// are unpacked block by block.
///
/// All that reads with libzip stands in this file. A pointer of libzip never leaves the type.
@safe package struct ZipReader: ~Copyable {
    private let path: String
    private let archive: OpaquePointer
    private let entry: OpaquePointer
    package let entryName: String

    package init(_ path: String) throws(ArchiveError) {
        var code: Int32 = 0
        // libzip copies the path; the archive it returns is owned here until `deinit` discards it.
        guard let archive = unsafe zip_open(path, ZIP_RDONLY, &code) else {
            throw .unreadable(path, reason: message(of: code))
        }
        do throws(ArchiveError) {
            let count = unsafe zip_get_num_entries(archive, 0)
            guard count == 1 else { throw .notOneEntry(path, count: count) }
            var status = unsafe zip_stat_t()
            guard unsafe zip_stat_index(archive, 0, 0, &status) == 0 else {
                throw unsafe .unreadable(path, reason: String(cString: zip_strerror(archive)))
            }
            guard unsafe status.encryption_method == 0 else { throw .encrypted(path) }
            guard let entry = unsafe zip_fopen_index(archive, 0, 0) else {
                throw unsafe .unreadable(path, reason: String(cString: zip_strerror(archive)))
            }
            // The name lives as long as the archive and is copied at once.
            entryName = unsafe String(cString: status.name)
            unsafe self.entry = unsafe entry
        } catch {
            unsafe zip_discard(archive)
            throw error
        }
        unsafe self.archive = unsafe archive
        self.path = path
    }

    deinit {
        // The entry is closed before the archive it belongs to; both are the type's own.
        _ = unsafe zip_fclose(entry)
        unsafe zip_discard(archive)
    }

    /// Writes the next bytes to `places` of `block`.
    ///
    /// - Returns: how many; zero only when there are no more, and then the checksum was right.
    package mutating func read(into block: inout [UInt8], at places: Range<Int>) throws(ArchiveError) -> Int {
        // The pointer is to the given places of the block and does not leave the closure.
        let count = unsafe block.withUnsafeMutableBytes { bytes in
            let target = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[places])
            return unsafe zip_fread(entry, target.baseAddress, UInt64(target.count))
        }
        guard count >= 0 else {
            throw unsafe .unreadable(path, reason: String(cString: zip_file_strerror(entry)))
        }
        return Int(count)
    }
}

/// What an error number of libzip means.
private func message(of code: Int32) -> String {
    var error = unsafe zip_error_t()
    unsafe zip_error_init_with_code(&error, code)
    // The text belongs to the error and is copied before it ends.
    let text = unsafe String(cString: zip_error_strerror(&error))
    unsafe zip_error_fini(&error)
    return text
}
