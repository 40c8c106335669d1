import Money
import Policy
import Testing

@testable import Settlement

private let fivePercent = Rate(basisPoints: 500)

/// Clears one month after another, by the sums of what came before.
struct MonthlyClearings {
    var rate = fivePercent
    private(set) var posted = ClearingMovement()
    private(set) var year = ClearingMovement()

    init(rate: Rate = fivePercent) {
        self.rate = rate
    }

    @discardableResult
    mutating func clear(
        _ incurred: Int64, withheld: Int64 = 0, annual: Int64 = 0
    ) throws -> ClearingMovement {
        var facts = ClearingFacts()
        facts.newlyIncurred = Fen(incurred)
        facts.withheldNow = Fen(withheld)
        facts.annualTotal = Fen(annual)
        let movement = try clearMonth(
            facts, posted: posted, year: year, depositRate: rate, rounding: .halfUp)
        try posted.add(movement)
        try year.add(movement)
        return movement
    }

    mutating func beginYear() { year = ClearingMovement() }
}

extension ClearingMovement {
    /// incurred, withheld, annual | deposit, payment, carried, in fen.
    fileprivate var fen: [Int64] {
        [incurred, withheld, annual, deposit, payment, carried].map(\.rawValue)
    }

    fileprivate var addsUp: Bool {
        incurred.rawValue - withheld.rawValue + annual.rawValue
            == deposit.rawValue + payment.rawValue + carried.rawValue
    }
}

@Suite struct `A month is cleared (月清算)` {
    @Test func `with 5 % held and the rest paid`() throws {
        var clearings = MonthlyClearings()
        // 5 % of 150.00 is 7.50.
        #expect(try clearings.clear(150_00).fen == [150_00, 0, 0, 7_50, 142_50, 0])
        #expect(try clearings.clear(0).isNothing)
    }

    @Test(arguments: [(9, 0, 9), (10, 1, 9), (29, 1, 28), (30, 2, 28)] as [(Int64, Int64, Int64)])
    func `the deposit is rounded half up, the institution takes the remainder`(
        incurred: Int64, deposit: Int64, payment: Int64
    ) throws {
        var clearings = MonthlyClearings()
        #expect(try clearings.clear(incurred).fen == [incurred, 0, 0, deposit, payment, 0])
    }

    @Test func `on the sum of the year, so that many roundings are one`() throws {
        var clearings = MonthlyClearings()
        // 5 % of 10, 20, 30 and 40 fen: 0.5, 1, 1.5 and 2, of which 1, 1, 2 and 2 are held.
        let deposits = try (1...4).map { _ in try clearings.clear(10).deposit.rawValue }
        #expect(deposits == [1, 0, 1, 0])
    }

    @Test func `what a difference is open about waits, and is paid when it is resolved`() throws {
        var clearings = MonthlyClearings()
        #expect(try clearings.clear(150_00, withheld: 50_00).fen == [150_00, 50_00, 0, 5_00, 95_00, 0])
        #expect(try clearings.clear(0, withheld: 50_00).isNothing)
        #expect(try clearings.clear(0).fen == [0, -50_00, 0, 2_50, 47_50, 0])
    }

    @Test func `a refund of what was paid is set off against what comes later, never demanded back`() throws {
        var clearings = MonthlyClearings()
        try clearings.clear(100_00)
        #expect(try clearings.clear(-100_00).fen == [-100_00, 0, 0, -5_00, 0, -95_00])
        #expect(try clearings.clear(60_00).fen == [60_00, 0, 0, 3_00, 0, 57_00])
        // 38.00 are still owed back of 95.00: 57.00 − 38.00 are paid.
        #expect(try clearings.clear(60_00).fen == [60_00, 0, 0, 3_00, 19_00, 38_00])
        #expect(clearings.posted.carried == .zero)
    }

    @Test func `in a new year nothing is held for refunds of the old one, until the year has earned it`() throws {
        var clearings = MonthlyClearings()
        try clearings.clear(200_00)
        clearings.beginYear()
        #expect(try clearings.clear(-40_00).fen == [-40_00, 0, 0, 0, 0, -40_00])
        // Of the year, 60.00 are recognised: 3.00 are held.
        #expect(try clearings.clear(100_00).fen == [100_00, 0, 0, 3_00, 57_00, 40_00])
    }

    @Test func `what the annual clearing decided is paid or set off once, without a deposit`() throws {
        var clearings = MonthlyClearings()
        try clearings.clear(100_00)
        clearings.beginYear()
        #expect(try clearings.clear(0, annual: 12_00).fen == [0, 0, 12_00, 0, 12_00, 0])
        #expect(try clearings.clear(10_00, annual: 12_00).fen == [10_00, 0, 0, 50, 9_50, 0])
        // The next year took 20.00.
        #expect(try clearings.clear(0, annual: -8_00).fen == [0, 0, -20_00, 0, 0, -20_00])
    }

    @Test func `money that does not fit is an error`() throws {
        var clearings = MonthlyClearings()
        try clearings.clear(.max)
        #expect(throws: MoneyOverflow.self) { try clearings.clear(.max) }
    }
}

@Suite struct `Clearings over seeds` {
    private func amount(_ range: ClosedRange<Int64>, _ random: inout SplitMix64) -> Int64 {
        Int64.random(in: range, using: &random)
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `add up, and month by month come to the same as at once`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let rate = Rate(basisPoints: amount(0...10_000, &random))
        var (monthly, once) = (MonthlyClearings(rate: rate), MonthlyClearings(rate: rate))
        var (total, withheld, annual) = (Int64(0), Int64(0), Int64(0))
        for _ in 0..<12 {
            let incurred = amount(-3000...10_000, &random)
            withheld = amount(0...2000, &random)
            annual += amount(-10...10, &random)
            total += incurred
            let movement = try monthly.clear(incurred, withheld: withheld, annual: annual)
            #expect(movement.addsUp, "seed \(seed)")
            #expect(movement.payment >= .zero, "seed \(seed)")
            #expect(monthly.posted.carried <= .zero, "seed \(seed)")
            #expect(monthly.posted.deposit >= .zero, "seed \(seed)")
            #expect(try monthly.clear(0, withheld: withheld, annual: annual).isNothing, "seed \(seed)")
        }
        try once.clear(total, withheld: withheld, annual: annual)
        let (left, right) = (monthly.posted, once.posted)
        #expect(left.incurred == right.incurred && left.withheld == right.withheld, "seed \(seed)")
        #expect(left.annual == right.annual && left.deposit == right.deposit, "seed \(seed)")
        // What was paid early cannot be taken back, only owed; once it is made good, payments are the same.
        #expect(try left.payment + left.carried == right.payment + right.carried, "seed \(seed)")
        try monthly.clear(100_000_000, withheld: withheld, annual: annual)
        try once.clear(100_000_000, withheld: withheld, annual: annual)
        if rate < .whole { #expect(monthly.posted == once.posted, "seed \(seed)") }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `pay more where more was incurred, and less where more is withheld`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var before = MonthlyClearings(rate: Rate(basisPoints: amount(0...10_000, &random)))
        for _ in 0..<3 { try before.clear(amount(-3000...10_000, &random)) }
        let (incurred, withheld) = (amount(-3000...10_000, &random), amount(0...3000, &random))
        var (less, more, held) = (before, before, before)
        let base = try less.clear(incurred, withheld: withheld)
        let extra = amount(1...5000, &random)
        let larger = try more.clear(incurred + extra, withheld: withheld)
        let smaller = try held.clear(incurred, withheld: withheld + extra)
        #expect(larger.payment >= base.payment && larger.deposit >= base.deposit, "seed \(seed)")
        #expect(smaller.payment <= base.payment && smaller.deposit <= base.deposit, "seed \(seed)")
    }
}
