import Money
import Testing

@testable import Jobs

@Suite struct `The arithmetic of the fund watch` {
    private func burn(_ months: [Int64], from first: Int = 1, budget: Int64? = nil) -> FundBurn {
        FundBurn(
            first: Month.first(of: 2023).adding(months: first - 1), months: months.map(Fen.init),
            budget: budget.map(Fen.init))
    }

    @Test(arguments: [
        ([Int64(100)], 1, Int64(1200)), ([100, 101], 1, 1206), ([1, 0, 0, 0, 0, 0, 0], 1, 2), ([0, 0, 0], 1, 0),
        ([-50, 0, 0, 0, 0, 0, 0, 0], 1, -75),
        // 200 in two of the ten months from March on.
        ([100, 100], 3, 1000), (Array(repeating: 7, count: 12), 1, 84),
    ])
    func `forecasts December by paid ÷ months × 12, rounded once`(
        months: [Int64], first: Int, december: Int64
    ) throws {
        let burn = burn(months, from: first)
        #expect(try burn.forecastOfYear() == Fen(december))
        // The line begins where the year stands.
        #expect(try burn.forecast(through: burn.last) == burn.spent())
        #expect(try burn.cumulative().last == burn.spent())
    }

    @Test func `shares are of the budget, to a hundredth of a percent`() throws {
        let burn = burn([1], budget: 3)
        #expect(try burn.share(Fen(1)) == Rate(basisPoints: 3333))
        #expect(try burn.share(Fen(2)) == Rate(basisPoints: 6667))
        #expect(try self.burn([1]).share(Fen(1)) == nil)
        #expect(try self.burn([1], budget: 0).share(Fen(1)) == nil)
    }

    @Test(arguments: [
        ([Int64(5)], Int64(5), Int64(1), [Int64]()),
        ([1, 2], 2, 1, []),
        ([1, 2, 3, 4, 100], 3, 1, [100]),
        // Three deviations are not beyond three deviations.
        ([10, 11, 12, 13, 15], 12, 1, []),
        ([10, 11, 12, 13, 16], 12, 1, [16]),
        ([-100, 9, 10, 11, 12], 10, 1, [-100]),
        // More than half alike: 5 % of the median, half up, and at least one.
        ([7, 7, 7, 10, 11], 7, 1, [11]), ([100, 100, 100, 115, 116], 100, 5, [116]), ([0, 0, 0, 3, 4], 0, 1, [4]),
        ([-100, -100, -100, -84], -100, 5, [-84]),
    ])
    func `what is far lies beyond three median deviations`(
        values: [Int64], median: Int64, deviation: Int64, far: [Int64]
    ) {
        for order in [values, values.reversed()] {
            let spread = PeerSpread(order)
            #expect((spread.median, spread.deviation) == (median, deviation))
            #expect(order.filter(spread.isFar) == far)
        }
    }

    @Test func `the farthest of several groups is that of the most deviations`() throws {
        let far =
            FarFromPeers.among([1, 2, 3, 4, 100].map { (member: "a", value: $0) })
            + FarFromPeers.among([100, 110, 120, 130, 400].map { (member: "b", value: $0) })
        // 97 deviations of 1 against 28 of 10.
        #expect(far.map(\.value) == [100, 400])
        #expect(far[0].isFarther(than: far[1]) == true && far[1].isFarther(than: far[0]) == false)
        #expect(far[0].isFarther(than: far[0]) == nil)
    }
}
