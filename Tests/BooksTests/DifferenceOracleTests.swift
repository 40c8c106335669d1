import Money
import Testing

@testable import Books

@Suite struct `Due less posted, against a plain dictionary` {
    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `the same movements in the order of their keys`(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<20 {
            let (due, posted) = try state(using: &numbers)
            let found = try differences(due: due, posted: posted)
            #expect(found == naiveDifferences(due: due, posted: posted), "seed \(seed)")
        }
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `whatever was posted before, afterwards exactly what is due is posted, and a second run posts nothing`(
        seed: UInt64
    ) throws {
        var numbers = SplitMix64(seed: seed)
        // One ledger through several nights: what is due changes each time.
        var (_, posted) = try state(using: &numbers)
        for night in 1...20 {
            let (due, _) = try state(using: &numbers)
            posted = try applying(differences(due: due, posted: posted), to: posted)
            let found = amounts(posted.map { ($0.key, $0.amount) })
            let expected = amounts(due.map { ($0.key, $0.amount) })
            #expect(found == expected, "seed \(seed), night \(night)")
            #expect(try differences(due: due, posted: posted) == [], "seed \(seed), night \(night)")
        }
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `no entry moves nothing, and none has the revision of another`(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        var posted: [Posted] = []
        var entries: Set<String> = []
        for night in 1...20 {
            let (due, _) = try state(using: &numbers)
            let movements = try differences(due: due, posted: posted)
            for movement in movements {
                #expect(movement.amount != .zero, "seed \(seed), night \(night)")
                let isNew = entries.insert("\(movement.key) \(movement.revision)").inserted
                #expect(isNew, "seed \(seed), night \(night): \(movement)")
            }
            posted = try applying(movements, to: posted)
        }
    }

    /// Any due and any posted movements of one person and month: few keys and small amounts, so that they meet.
    private func state(using numbers: inout SplitMix64) throws -> (due: [Due], posted: [Posted]) {
        var (due, posted): ([Due], [Posted]) = ([], [])
        for key in try allKeys() {
            let amount = Fen(Int64.random(in: -2...2, using: &numbers))
            if Bool.random(using: &numbers) {
                due.append(Due(key: key, amount: amount, citation: Int32.random(in: 1...9, using: &numbers)))
            }
            if Bool.random(using: &numbers) {
                posted.append(
                    Posted(
                        key: key, amount: Fen(Int64.random(in: -2...2, using: &numbers)),
                        lastRevision: Int16.random(in: 0...5, using: &numbers),
                        citation: Int32.random(in: 1...9, using: &numbers)))
            }
        }
        return (due, posted)
    }

    private func allKeys() throws -> [MovementKey] {
        var keys: [MovementKey] = []
        for kind in [101, 113, 201] as [Int16] {
            // In the order of bytes: c1 is a prefix of c10, and c10 is before c9.
            for source in ["", "c1", "c10", "c9", "退休"] {
                keys.append(MovementKey(kind: kind, source: try #require(FactID(source.utf8))))
            }
        }
        return keys
    }

    private func naiveDifferences(due: [Due], posted: [Posted]) -> [Movement] {
        let dueByKey = Dictionary(uniqueKeysWithValues: due.map { ($0.key, $0) })
        let postedByKey = Dictionary(uniqueKeysWithValues: posted.map { ($0.key, $0) })
        var movements: [Movement] = []
        for key in Set(dueByKey.keys).union(postedByKey.keys) {
            let (due, posted) = (dueByKey[key], postedByKey[key])
            let difference = (due?.amount.rawValue ?? 0) - (posted?.amount.rawValue ?? 0)
            guard difference != 0 else { continue }
            movements.append(
                Movement(
                    key: key, amount: Fen(difference), revision: posted.map { $0.lastRevision + 1 } ?? 0,
                    citation: due?.citation ?? posted?.citation ?? 0))
        }
        return movements.sorted { place(of: $0.key).lexicographicallyPrecedes(place(of: $1.key)) }
    }

    /// By kind, then as PostgreSQL has texts under `COLLATE "C"`.
    private func place(of key: MovementKey) -> [Int] {
        [Int(key.kind)] + key.source.description.utf8.map(Int.init)
    }

    /// What a ledger or a day's dues amount to; a key that amounts to zero might as well not be there.
    private func amounts(_ items: [(key: MovementKey, amount: Fen)]) -> [MovementKey: Fen] {
        Dictionary(uniqueKeysWithValues: items.filter { $0.amount != .zero }.map { ($0.key, $0.amount) })
    }
}
