import Synchronization

/// One commit of a run: a range of persons in one of its steps.
struct Chunk: Hashable, Sendable {
    /// From 0, over all steps: the number of its checkpoint.
    let number: Int32
    /// From 0. Steps come one after the other: each begins when all chunks of the one before are committed.
    let step: Int32
    let range: PersonRange
}

/// The chunks of a step still to do, handed to the workers one by one.
final class ChunkQueue: Sendable {
    private struct State {
        var next = 0
        var done: Int
    }

    private let chunks: [Chunk]
    let total: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - steps: how many steps the run has.
    ///   - count: the chunks of all steps.
    ///   - done: numbers of the chunks that an earlier attempt committed.
    init(step: Int32 = 0, of steps: Int32 = 1, count: Int32, done: Set<Int32>) {
        let perStep = count / steps
        let numbers = (0..<perStep).filter { !done.contains(step * perStep + $0) }
        chunks = numbers.map {
            Chunk(number: step * perStep + $0, step: step, range: PersonRange(number: $0, of: perStep))
        }
        total = Int(perStep)
        state = Mutex(State(done: total - chunks.count))
    }

    /// Ranges to look at once more, whatever run they were chunks of.
    init(ranges: [PersonRange]) {
        chunks = ranges.map { Chunk(number: $0.number, step: 0, range: $0) }
        total = ranges.count
        state = Mutex(State(done: 0))
    }

    func next() -> Chunk? {
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
