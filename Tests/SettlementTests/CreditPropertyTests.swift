import Money
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    @Suite struct `二（四） 计入的性质` {
        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `退费收回的正好是缴费计入的`(seed: UInt64) throws {
            var numbers = SplitMix64(seed: seed)
            for _ in 0..<20 {
                let base = Int64.random(in: 0...30_000_00, using: &numbers)
                let paid = try credited(base)
                #expect(try credited(-base) == -paid, "seed \(seed), base \(Fen(base))")
            }
        }

        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `原基数加差额与一次按新基数计入，相差不过一分`(seed: UInt64) throws {
            var numbers = SplitMix64(seed: seed)
            for _ in 0..<20 {
                let base = Int64.random(in: 0...30_000_00, using: &numbers)
                let difference = Int64.random(in: -1_000_00...1_000_00, using: &numbers)
                let inParts = try credited(base) + credited(difference)
                let atOnce = try credited(base + difference)
                #expect(
                    abs(inParts - atOnce) <= 1, "seed \(seed), base \(Fen(base)), difference \(Fen(difference))")
            }
        }

        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `计入额是离基数的百分之二最近的整分`(seed: UInt64) throws {
            var numbers = SplitMix64(seed: seed)
            for _ in 0..<20 {
                let base = Int64.random(in: 0...30_000_00, using: &numbers)
                // 50 times the credit is within half a fen × 50 of the base, and a tie has gone up.
                let distance = try credited(base) * 50 - base
                #expect((-24...25).contains(distance), "seed \(seed), base \(Fen(base))")
            }
        }

        /// The credit of a base in fen; zero if none is due.
        private func credited(_ base: Int64) throws -> Int64 {
            let outcome = try Payment(type: base < 0 ? .refund : .normal, base: Fen(base)).outcome()
            if case .credited(let amount, _) = outcome { return amount.rawValue }
            try #require(outcome == .notDue(.zero))
            return 0
        }
    }
}
