import CLibpq

/// A piece of COPY TO STDOUT as libpq hands it over: one owner, freed when the next one comes and at the end.
@safe struct CopyChunk: ~Copyable {
    private var start: UnsafeMutablePointer<CChar>?
    private(set) var count = 0

    init() {}

    deinit {
        // The only owner frees it, once; libpq allows nil.
        unsafe PQfreemem(start)
    }

    /// Takes over the buffer of `count` bytes.
    @unsafe mutating func replace(owning start: UnsafeMutablePointer<CChar>?, count: Int) {
        // The only owner frees it, once; libpq allows nil.
        unsafe PQfreemem(self.start)
        unsafe self.start = unsafe start
        self.count = count
    }

    /// Good until the chunk is replaced or gone.
    @unsafe var base: UnsafeRawPointer? { unsafe UnsafeRawPointer(start) }
}
