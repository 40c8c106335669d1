import Jobs
import Money
import Testing

private func identifier(_ number: Int) throws -> FactID {
    try #require(FactID("320700200000000\(1_000_000_000 + number)".utf8))
}

private func mayHoldRepeats(_ numbers: [Int], generation: Int) throws -> Bool {
    var watch = RepeatWatch(generation: generation)
    for number in numbers { watch.add(try identifier(number)) }
    return watch.mayHoldRepeats
}

@Suite struct `Whether an identifier came twice` {
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `is never missed, however far apart the two stand`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var numbers = Array(0..<400)
        if seed % 2 == 0 { numbers.shuffle(using: &random) }
        let first = Int.random(in: 0..<400, using: &random)
        numbers.insert(numbers[first], at: Int.random(in: (first + 1)...400, using: &random))
        for generation in [1, 10, 50, 150, 1000] {
            #expect(try mayHoldRepeats(numbers, generation: generation), "seed \(seed), generation \(generation)")
        }
    }

    @Test(arguments: [1, 2, 7, 100, 5000])
    func `is ruled out for any number of identifiers in their own order`(generation: Int) throws {
        #expect(try !mayHoldRepeats(Array(0..<5000), generation: generation))
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `is ruled out for one generation in any order`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        #expect(try !mayHoldRepeats(Array(0..<5000).shuffled(using: &random), generation: 5000), "seed \(seed)")
    }

    /// As persons follow one another, each with visits whose numbers are mixed.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `is ruled out where the order is broken over less than a generation`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let numbers = (0..<500).flatMap { group in
            (group * 10..<group * 10 + 10).shuffled(using: &random)
        }
        #expect(try !mayHoldRepeats(numbers, generation: 25), "seed \(seed)")
    }

    @Test func `is left open where one comes behind those that are forgotten`() throws {
        #expect(try mayHoldRepeats(Array(100..<200) + [5], generation: 10))
        #expect(try !mayHoldRepeats(Array(100..<200) + [300], generation: 10))
    }

    @Test func `is told of identifiers of any length`() throws {
        for length in 0...FactID.capacity {
            let id = try #require(FactID([UInt8](repeating: 0x41, count: length)))
            var watch = RepeatWatch()
            watch.add(id)
            #expect(!watch.mayHoldRepeats)
            watch.add(id)
            #expect(watch.mayHoldRepeats)
        }
        var watch = RepeatWatch()
        for length in 0...FactID.capacity {
            watch.add(try #require(FactID([UInt8](repeating: 0x41, count: length))))
        }
        #expect(!watch.mayHoldRepeats)
    }
}
