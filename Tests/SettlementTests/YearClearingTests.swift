import Money
import Policy
import Testing

@testable import Settlement

private func band(_ upTo: Int64, _ share: Int64) -> ClearingBand {
    ClearingBand(upTo: Rate(basisPoints: upTo), share: Rate(basisPoints: share))
}

private let surplusBands = [band(8500, 0), band(10_000, 10_000)]
private let overspendBands = [band(11_000, 7000), band(12_000, 3000)]

private let shipped = Result { try RuleSet.load() }

/// The shipped pack with the tables of a year.
private func terms(_ tables: String) throws -> ClearingTerms {
    var faults: [PackFault] = []
    let tree = try #require(YamlTree(tables, file: "test.yaml", faults: &faults))
    let rules = try shipped.get().overriding(tree, file: "test.yaml", cite: "清算协议")
    return try rules.clearingTerms(on: #require(CivilDate("2023-12-31")))
}

private let bands = """
    clearing.surplus_bands: {8500: 0, 10000: 10000}
    clearing.overspend_bands: {11000: 7000, 12000: 3000}

    """

private func facts(
    _ institution: String, _ recognised: Int64, level: InstitutionLevel? = .primary, fund: ClearingFund = .pool,
    held: Int64 = 0
) -> InstitutionYearFacts {
    InstitutionYearFacts(
        institution: institution, fund: fund, level: level, recognised: Fen(recognised), depositHeld: Fen(held))
}

@Suite struct `Budgets of a year (总额预算)` {
    /// Of 1000.00, between 85 % and 100 % all is kept, below nothing.
    @Test(
        arguments: [
            (1000_00, 0), (999_99, 1), (900_00, 100_00), (850_01, 149_99), (850_00, 150_00), (849_99, 150_00),
            (0, 150_00),
            (-50_00, 150_00), (1000_01, 0),
        ] as [(Int64, Int64)])
    func `结余留用: of a surplus the institution keeps its share of each band`(recognised: Int64, kept: Int64) throws {
        #expect(
            try surplusKept(
                budget: Fen(1000_00), recognised: Fen(recognised), bands: surplusBands, rounding: .halfUp)
                == Fen(kept))
    }

    /// Of 1000.00, the fund bears 70 % up to 1100.00, 30 % up to 1200.00, then nothing.
    @Test(
        arguments: [
            (1000_00, 0), (999_99, 0),
            // 0.01 × 70 % is 0.7 of a fen, which the fund bears whole.
            (1000_01, 0),
            // 100.00 × 30 %.
            (1100_00, 30_00),
            // 30.00 + 50.00 × 70 %.
            (1150_00, 65_00),
            // 30.00 + 70.00.
            (1200_00, 100_00), (1300_00, 200_00),
        ] as [(Int64, Int64)])
    func `超支分担: of an overspend it bears what the fund does not`(recognised: Int64, borne: Int64) throws {
        #expect(
            try overspendBorne(
                budget: Fen(1000_00), recognised: Fen(recognised), bands: overspendBands, rounding: .halfUp)
                == Fen(borne))
    }

    @Test func `are rounded once, over all bands`() throws {
        // Half a fen in each of two bands: together one, apart two.
        let halves = [band(5000, 5000), band(10_000, 5000)]
        #expect(try surplusKept(budget: Fen(2), recognised: .zero, bands: halves, rounding: .halfUp) == Fen(1))
        let thirds = [band(15_000, 5000), band(20_000, 5000)]
        #expect(try overspendBorne(budget: Fen(2), recognised: Fen(4), bands: thirds, rounding: .halfUp) == Fen(1))
    }

    @Test func `of nothing leave everything to the institution`() throws {
        #expect(
            try overspendBorne(budget: .zero, recognised: Fen(7), bands: overspendBands, rounding: .halfUp) == Fen(7))
        #expect(try surplusKept(budget: .zero, recognised: .zero, bands: surplusBands, rounding: .halfUp) == .zero)
    }

    @Test func `as large as money can be do not overflow on the way`() throws {
        let all = [band(.max, 10_000)]
        #expect(
            try overspendBorne(budget: Fen(.max / 2), recognised: Fen(.max), bands: all, rounding: .halfUp) == .zero)
        #expect(
            try surplusKept(budget: Fen(.max), recognised: .zero, bands: [band(10_000, 10_000)], rounding: .halfUp)
                == Fen(.max))
    }
}

@Suite struct `Parts of a budget (largest remainder)` {
    @Test(
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]), (100, [2, 1, 0], [67, 33, 0]), (10, [5, 3, 2], [5, 3, 2]),
            // 1.4, 2.8 and 2.8 of 7: the two fen left over go to the remainders of 0.8.
            (7, [1, 2, 2], [1, 3, 3]), (0, [1, 2], [0, 0]), (1, [1, 1], [1, 0]), (9, [-5, 3], [0, 9]),
        ] as [(Int64, [Int64], [Int64])])
    func `add up to the whole`(whole: Int64, weights: [Int64], parts: [Int64]) throws {
        #expect(try proportionalParts(of: Fen(whole), weights: weights.map { Fen($0) }) == parts.map { Fen($0) })
    }

    @Test func `are none where there is nothing to go by`() throws {
        #expect(try proportionalParts(of: Fen(5), weights: [.zero, Fen(-1)]) == [nil, nil])
        #expect(try proportionalParts(of: Fen(5), weights: []) == [])
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `over seeds add up and are within a fen of the exact part`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let whole = Int64.random(in: 0...10_000_000, using: &random)
        let weights = (0..<Int.random(in: 1...40, using: &random)).map { _ in
            Int64.random(in: 0...1000, using: &random)
        }
        let total = weights.reduce(0, +)
        let parts = try proportionalParts(of: Fen(whole), weights: weights.map { Fen($0) }).map { $0?.rawValue ?? 0 }
        guard total > 0 else { return }
        #expect(parts.reduce(0, +) == whole, "seed \(seed)")
        for (weight, part) in zip(weights, parts) {
            // |part − whole × weight ÷ total| < 1, without a fraction.
            #expect(abs(part * total - whole * weight) < total, "seed \(seed)")
        }
    }
}

@Suite struct `A year is cleared (年度清算)` {
    @Test func `without budgets and scores with nothing`() throws {
        let results = try clearYear([facts("H1", 500_00, held: 25_00)], terms("{}"))
        #expect(
            results == [
                YearClearing(
                    budget: nil, surplusKept: .zero, overspendBorne: .zero, depositReturned: .zero,
                    depositForfeited: .zero)
            ])
    }

    @Test func `by an institution's own budget, or its part of its level's`() throws {
        let tables =
            bands + """
                clearing.institution_budget: {H1: 100000}
                clearing.level_budget: {primary: 90000, secondary: 50000}
                """
        let results = try clearYear(
            [
                facts("H1", 900_00), facts("H2", 600_00), facts("H3", 300_00), facts("H3", 40_00, fund: .account),
                facts("H4", 700_00, level: .tertiary), facts("H5", 600_00, level: .secondary),
                facts("H6", 10_00, level: nil),
                facts("H7", -5_00),
            ], terms(tables))
        #expect(
            results.map { $0.budget?.rawValue } == [1000_00, 600_00, 300_00, nil, nil, 500_00, nil, 0])
        // H1 keeps its 10 %; H2 and H3 spent what their level has; H5 overspent 500.00 by 100.00, of which the fund bears
        // 70 % of 50.00 and 30 % of 50.00.
        #expect(
            try results.map { try $0.adjustment().rawValue } == [100_00, 0, 0, 0, 0, -50_00, 0, 0])
    }

    @Test func `deposits by score: given back in part, and the rest is lost; without a score they stay`() throws {
        let tables = """
            clearing.assessment_score: {H1: 9500, H2: 8500, H3: 7999, H4: 0}
            clearing.deposit_return: {9000: 10000, 8000: 8000, 1: 5000}
            """
        let results = try clearYear(
            (1...5).map { facts("H\($0)", 0, held: 10_01) } + [facts("H2", 0, fund: .account, held: 1_00)],
            terms(tables))
        // 80 % of 10.01 is 8.008, half of it 5.005.
        #expect(results.map(\.depositReturned.rawValue) == [10_01, 8_01, 5_01, 0, 0, 80])
        #expect(results.map(\.depositForfeited.rawValue) == [0, 2_00, 5_00, 10_01, 0, 20])
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `over seeds: budgets of a level add up, adjustments stay within surplus and overspend, deposits add up`(
        seed: UInt64
    ) throws {
        var random = SplitMix64(seed: seed)
        func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &random) }
        let levelBudget = number(1...2_000_000)
        let tables =
            bands + """
                clearing.institution_budget: {H0: \(number(0...100_000))}
                clearing.level_budget: {primary: \(levelBudget)}
                clearing.assessment_score: {H0: \(number(0...10_000)), H1: \(number(0...10_000)), H2: 9000}
                clearing.deposit_return: {9000: 10000, 8000: 8000, 0: 5000}
                """
        let institutions = (0..<Int(number(2...20))).map {
            facts("H\($0)", number(-1000...200_000), held: number(0...10_000))
        }
        let results = try clearYear(institutions, terms(tables))
        let shared = results.dropFirst().compactMap(\.budget?.rawValue)
        if !shared.isEmpty { #expect(shared.reduce(0, +) == levelBudget, "seed \(seed)") }
        for (institution, result) in zip(institutions, results) {
            let (held, decided) = (institution.depositHeld, try result.depositReturned + result.depositForfeited)
            #expect(decided == held || decided == .zero, "seed \(seed)")
            #expect(result.depositReturned >= .zero && result.depositForfeited >= .zero, "seed \(seed)")
            guard let budget = result.budget else { continue }
            #expect(result.surplusKept == .zero || result.overspendBorne == .zero, "seed \(seed)")
            #expect(try result.surplusKept <= max(.zero, budget - institution.recognised), "seed \(seed)")
            #expect(try result.overspendBorne <= max(.zero, institution.recognised - budget), "seed \(seed)")
            #expect(result.surplusKept >= .zero && result.overspendBorne >= .zero, "seed \(seed)")
        }
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `over seeds: an institution that spends more never receives less`(
        seed: UInt64
    ) throws {
        var random = SplitMix64(seed: seed)
        let budget = Fen(Int64.random(in: 0...100_000, using: &random))
        let terms = try terms(bands + "clearing.institution_budget: {H1: \(budget.rawValue)}")
        var last: Int64?
        for recognised in (0..<40).map({ _ in Int64.random(in: 0...200_000, using: &random) }).sorted() {
            let result = try clearYear([facts("H1", recognised)], terms)[0]
            let received = try recognised + result.adjustment().rawValue
            #expect(received >= last ?? 0, "seed \(seed)")
            last = received
        }
    }
}
