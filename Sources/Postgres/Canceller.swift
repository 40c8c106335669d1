import CLibpq

/// Asks the server, from any task, to stop what it does for one connection: its statement then fails with 57014.
@safe package final class Canceller: @unchecked Sendable {
    // Unchecked: libpq's cancel request is never written after it was made and may be used from any thread.
    private let request: OpaquePointer

    @unsafe init(owning request: OpaquePointer) {
        unsafe self.request = unsafe request
    }

    deinit {
        // The only owner frees it, once.
        unsafe PQfreeCancel(request)
    }

    /// Nothing happens if the connection is idle or gone.
    package func cancel() {
        var message: CChar = 0
        // The buffer's size is given as that of one character, which libpq fills with the terminator alone.
        _ = unsafe PQcancel(request, &message, 1)
    }
}
