import Synchronization

/// The chunks still to do, handed to the workers one by one.
final class ChunkQueue: Sendable {
    private struct State {
        var next = 0
        var done: Int
    }

    private let chunks: [PersonRange]
    let total: Int
    private let state: Mutex<State>

    /// - Parameter done: numbers of the chunks that an earlier attempt committed.
    init(count: Int32, done: Set<Int32>) {
        chunks = (0..<count).filter { !done.contains($0) }.map { PersonRange(number: $0, of: count) }
        total = Int(count)
        state = Mutex(State(done: done.count))
    }

    func next() -> PersonRange? {
        state.withLock { state in
            guard state.next < chunks.count else { return nil }
            state.next += 1
            return chunks[state.next - 1]
        }
    }

    /// - Returns: how many chunks are done now.
    func finish() -> Int {
        state.withLock { state in
            state.done += 1
            return state.done
        }
    }
}
