import Money
import Policy
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    @Suite struct `二（四） 2023年退休人员按本人2022年水平定额划入` {
        @Test func `例：2022年共计入1080元`() throws {
            // 1080.00 ÷ 12 = 90.00
            #expect(try credit(yearTotal: 1080_00) == .credited(Fen(90_00), by: .retireeLevel))
        }

        @Test(arguments: [
            // 1000.00 ÷ 12 = 83.3333…, 1000.05 ÷ 12 = 83.3375
            (yearTotal: Int64(1000_00), credit: Int64(83_33)), (1000_05, 83_34),
            // 1080.05 ÷ 12 = 90.00416…, 1080.06 ÷ 12 = 90.005: half a fen goes up, 1080.18 ÷ 12 = 90.015.
            (1080_05, 90_00), (1080_06, 90_01), (1080_11, 90_01), (1080_12, 90_01), (1080_17, 90_01), (1080_18, 90_02),
            // 0.06 ÷ 12 = half a fen
            (6, 1), (12, 1), (17, 1), (18, 2),
        ])
        func `全年总额除以十二，四舍五入到分`(yearTotal: Int64, credit expected: Int64) throws {
            #expect(try credit(yearTotal: yearTotal) == .credited(Fen(expected), by: .retireeLevel))
        }

        @Test(arguments: [Int64(0), 1, 5])
        func `不足半分的没有可划入的金额`(yearTotal: Int64) throws {
            #expect(try credit(yearTotal: yearTotal) == .notDue(.zero))
        }

        @Test func `默认口径不看十二月计入额`() throws {
            #expect(try credit(yearTotal: 1080_00, december: 95_00) == .credited(Fen(90_00), by: .retireeLevel))
            #expect(try credit(yearTotal: 0, december: 95_00) == .notDue(.zero))
        }

        @Test(arguments: ["2023-01", "2023-06", "2023-12"])
        func `全年各月同一数额`(covered: String) throws {
            let level = OwnLevel(yearTotal: Fen(1080_00), december: nil)
            #expect(
                try creditRetiree(ownLevel: level, terms: terms(of: covered))
                    == .credited(Fen(90_00), by: .retireeLevel))
        }

        @Test func `没有本人2022年水平的列为异常`() throws {
            #expect(try creditRetiree(ownLevel: nil, terms: terms(of: "2023-05")) == .excepted(.noOwnLevel))
        }

        private func credit(yearTotal: Int64, december: Int64? = nil) throws -> CreditOutcome {
            let level = OwnLevel(yearTotal: Fen(yearTotal), december: december.map { Fen($0) })
            return try creditRetiree(ownLevel: level, terms: terms(of: "2023-05"))
        }
    }

    @Suite struct `二（四） 本人水平改取2022年12月计入额` {
        @Test(arguments: [
            (
                yearTotal: Int64(1080_00), december: Int64?(95_01),
                outcome: CreditOutcome.credited(Fen(95_01), by: .retireeLevel)
            ),
            (0, 95_01, .credited(Fen(95_01), by: .retireeLevel)),
            (1080_00, 0, .notDue(.zero)),
            (1080_00, nil, .excepted(.noOwnLevel)),
        ])
        func `按十二月计入额，未报送的列为异常`(yearTotal: Int64, december: Int64?, outcome: CreditOutcome) throws {
            let level = OwnLevel(yearTotal: Fen(yearTotal), december: december.map { Fen($0) })
            let inPack = try rules(replacing: "{value: year_total_twelfth,", with: "{value: december_amount,")
            let bySite = try rules(site: "account.retiree_level:\n  2023-01-01: {value: december_amount}")
            for rules in [inPack, bySite] {
                #expect(try creditRetiree(ownLevel: level, terms: rules.creditTerms(for: month("2023-05"))) == outcome)
            }
        }

        @Test func `完全没有报送的同样列为异常`() throws {
            let rules = try rules(replacing: "{value: year_total_twelfth,", with: "{value: december_amount,")
            let terms = try rules.creditTerms(for: month("2023-05"))
            #expect(creditRetiree(ownLevel: nil, terms: terms) == .excepted(.noOwnLevel))
        }
    }

    @Suite struct `二（四） 2024年1月起退休人员按全市统一定额划入` {
        @Test(arguments: ["2024-01", "2024-12"])
        func `未提供定额的列为异常，与本人水平无关`(covered: String) throws {
            let terms = try terms(of: covered)
            #expect(creditRetiree(ownLevel: level, terms: terms) == .excepted(.figureNotSupplied))
            #expect(creditRetiree(ownLevel: nil, terms: terms) == .excepted(.figureNotSupplied))
        }

        @Test func `2023年12月按本人水平，2024年1月按提供的定额，人人相同`() throws {
            let rules = try rules(site: "account.retiree_monthly_amount:\n  2024-01-01: {value: 8765}")
            let december = try rules.creditTerms(for: month("2023-12"))
            let january = try rules.creditTerms(for: month("2024-01"))
            #expect(creditRetiree(ownLevel: level, terms: december) == .credited(Fen(90_00), by: .retireeLevel))
            #expect(creditRetiree(ownLevel: nil, terms: december) == .excepted(.noOwnLevel))
            #expect(creditRetiree(ownLevel: level, terms: january) == .credited(Fen(87_65), by: .retireeMonthlyAmount))
            #expect(creditRetiree(ownLevel: nil, terms: january) == .credited(Fen(87_65), by: .retireeMonthlyAmount))
        }

        @Test func `后来提供的定额自其日期起执行，此前的月份仍等待`() throws {
            let rules = try rules(site: "account.retiree_monthly_amount:\n  2024-07-01: {value: 8765}")
            let june = try rules.creditTerms(for: month("2024-06"))
            let july = try rules.creditTerms(for: month("2024-07"))
            #expect(creditRetiree(ownLevel: level, terms: june) == .excepted(.figureNotSupplied))
            #expect(creditRetiree(ownLevel: level, terms: july) == .credited(Fen(87_65), by: .retireeMonthlyAmount))
        }

        @Test func `定额为零即没有可划入的金额`() throws {
            let rules = try rules(site: "account.retiree_monthly_amount:\n  2024-01-01: {value: 0}")
            let terms = try rules.creditTerms(for: month("2024-01"))
            #expect(creditRetiree(ownLevel: level, terms: terms) == .notDue(.zero))
        }

        @Test func `未提供定额不妨碍在职人员计入`() throws {
            #expect(
                try Payment(base: Fen(4879_00), covered: "2024-01").outcome()
                    // 4879.00 × 2 % = 97.58
                    == .credited(Fen(97_58), by: .workerCreditRate))
        }

        private var level: OwnLevel { OwnLevel(yearTotal: Fen(1080_00), december: Fen(95_00)) }
    }
}
