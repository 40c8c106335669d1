import Money
import Testing

@Suite struct `Money in fen` {
    @Test(arguments: [
        // 4494.00 × 2 % = 89.88
        (fen: Int64(4494_00), bp: Int64(200), expected: Int64(89_88)),
        // 25 fen × 2 % = 0.5 fen, which goes up.
        (25, 200, 1), (24, 200, 0), (-25, 200, -1), (-24, 200, 0),
        // 1.01 × 60 % = 0.606
        (1_01, 6000, 61), (0, 200, 0),
    ])
    func `a share is rounded half-up to the fen and mirrored for refunds`(fen: Int64, bp: Int64, expected: Int64) throws
    {
        #expect(try Fen(fen).times(Rate(basisPoints: bp), rounding: .halfUp) == Fen(expected))
    }

    @Test func `rounding down drops the part of a fen on both sides of zero`() throws {
        #expect(try Fen(99).times(Rate(basisPoints: 200), rounding: .down) == Fen(1))
        #expect(try Fen(-99).times(Rate(basisPoints: 200), rounding: .down) == Fen(-1))
    }

    @Test(arguments: [(Int64(1200), 12, Int64(100)), (1206, 12, 101), (1205, 12, 100), (-1206, 12, -101)])
    func `a twelfth of a year's total is rounded half-up`(total: Int64, parts: Int, expected: Int64) {
        #expect(Fen(total).divided(by: parts, rounding: .halfUp) == Fen(expected))
    }

    @Test(arguments: [
        // 100.00 for 73 days of 365 at 1 %: 10 000 fen × 73 days × 100 bp ÷ (10 000 × 365) = 20 fen.
        (dividend: Int128(10_000 * 73 * 100), divisor: Int128(10_000 * 365), halfUp: Int64(20), down: Int64(20)),
        (5, 10, 1, 0), (4, 10, 0, 0), (-5, 10, -1, 0), (-4, 10, 0, 0), (19, 10, 2, 1), (0, 7, 0, 0),
        (Int128(Int64.max) * 3, 3, .max, .max),
    ])
    func `a sum of products is divided and rounded once`(
        dividend: Int128, divisor: Int128, halfUp: Int64, down: Int64
    ) throws {
        #expect(try Fen(dividend, dividedBy: divisor, rounding: .halfUp) == Fen(halfUp))
        #expect(try Fen(dividend, dividedBy: divisor, rounding: .down) == Fen(down))
    }

    @Test func `a sum of products that does not fit is an error that shows both`() {
        let error = #expect(throws: MoneyOverflow.self) {
            try Fen(Int128(Int64.max) * 2 + 2, dividedBy: 2, rounding: .down)
        }
        #expect(
            error?.description
                == "18446744073709551616 / 2 does not fit 64 bits of fen; one of the amounts cannot be right")
    }

    @Test func `a sum that does not fit is an error that shows the amounts`() {
        let error = #expect(throws: MoneyOverflow.self) { try Fen(.max) + Fen(1) }
        #expect(
            error?.description
                == "9223372036854775807 + 1 does not fit 64 bits of fen; one of the amounts cannot be right")
        #expect(throws: MoneyOverflow.self) { try Fen(.min) - Fen(1) }
        #expect(throws: MoneyOverflow.self) { try Fen(.min).negated() }
        #expect(throws: MoneyOverflow.self) { try Fen(.max).times(Rate(basisPoints: 10_001), rounding: .halfUp) }
    }

    @Test func `the largest amount times the whole rate is itself`() throws {
        #expect(try Fen(.max).times(.whole, rounding: .halfUp) == Fen(.max))
        #expect(try Fen(.min).times(.whole, rounding: .down) == Fen(.min))
    }

    @Test(arguments: [
        (Int64(0), "0.00"), (5, "0.05"), (-5, "-0.05"), (117_00, "117.00"), (-12_34, "-12.34"),
        (.min, "-92233720368547758.08"),
    ])
    func `an amount reads as yuan with two decimals`(fen: Int64, text: String) {
        #expect(Fen(fen).description == text)
    }

    @Test(arguments: [(Int64(200), "2%"), (250, "2.5%"), (35, "0.35%"), (5, "0.05%"), (10_000, "100%"), (-1, "-0.01%")])
    func `a rate reads as percent`(basisPoints: Int64, text: String) {
        #expect(Rate(basisPoints: basisPoints).description == text)
    }
}
