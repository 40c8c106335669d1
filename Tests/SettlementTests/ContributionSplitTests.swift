import Money
import Policy
import Testing

@testable import Settlement

extension `连政办发〔2022〕73号` {
    @Suite struct `二（三） 职工缴费：个人百分之二归个人账户，单位百分之七归统筹基金` {
        @Test func `例：2023年缴费基数下限`() throws {
            // 4494.00 × 2 % = 89.88, 4494.00 × 7 % = 314.58
            let split = try expectedSplit(of: payment(base: 4494_00), category: .active, terms: terms(of: "2023-05"))
            #expect(split == parts(own: 89_88, employer: 314_58))
        }

        @Test(arguments: [
            // 24042.00 × 2 % = 480.84, × 7 % = 1682.94
            (base: Int64(24042_00), own: Int64(480_84), employer: Int64(1682_94)),
            // 5000.25 × 2 % = 100.0050, × 7 % = 350.0175
            (5000_25, 100_01, 350_02),
            // 5000.07 × 2 % = 100.0014, × 7 % = 350.0049
            (5000_07, 100_00, 350_00),
            // 5000.50 × 2 % = 100.0100, × 7 % = 350.0350
            (5000_50, 100_01, 350_04),
            (0, 0, 0),
        ])
        func `各自四舍五入到分，差额和退费同样核对`(base: Int64, own: Int64, employer: Int64) throws {
            let terms = try terms(of: "2023-05")
            let paid = try expectedSplit(of: payment(base: base), category: .active, terms: terms)
            let refunded = try expectedSplit(of: payment(base: -base), category: .active, terms: terms)
            #expect(paid == parts(own: own, employer: employer))
            #expect(refunded == parts(own: -own, employer: -employer))
        }

        @Test(arguments: [Int64(-1), 0, 1])
        func `多一分少一分都看得出`(off: Int64) throws {
            let delivered = payment(base: 4494_00, own: 89_88 + off, employer: 314_58 - off)
            let split = try expectedSplit(of: delivered, category: .active, terms: terms(of: "2023-05"))
            #expect(try delivered.ownPart - split.ownPart == Fen(off))
            #expect(try split.employerPart - delivered.employerPart == Fen(off))
        }

        @Test func `核对按缴费费率，不按计入比例`() throws {
            let old = "2023-01-01: {value: 200, cite: 连政办发〔2022〕73号 二（四）}"
            let rules = try rules(replacing: old, with: "2023-01-01: {value: 150, cite: 新文件}")
            let terms = try rules.creditTerms(for: month("2023-05"))
            #expect(
                try expectedSplit(of: payment(base: 4494_00), category: .active, terms: terms)
                    == parts(own: 89_88, employer: 314_58))
            // 4494.00 × 1.5 % = 67.41
            #expect(
                try Payment(base: Fen(4494_00)).outcome(by: rules) == .credited(Fen(67_41), by: .workerCreditRate))
        }

        @Test func `到账金额是两部分之和`() throws {
            #expect(try payment(base: 4494_00, own: 89_88, employer: 314_58).received == Fen(404_46))
            #expect(try payment(base: -4494_00, own: -89_88, employer: -314_58).received == Fen(-404_46))
            let error = #expect(throws: MoneyOverflow.self) { try payment(base: 0, own: .max, employer: 1).received }
            #expect(
                error?.description
                    == "9223372036854775807 + 1 does not fit 64 bits of fen; one of the amounts cannot be right")
        }

        @Test func `核对发现的编码`() {
            #expect(
                ContributionFinding.allCases.map(\.rawValue) == [
                    "own_part_differs", "employer_part_differs", "base_below_floor", "base_above_ceiling",
                ])
        }
    }

    @Suite struct `二（三） 灵活就业人员按百分之八缴费，其中百分之二计入个人账户` {
        @Test func `例：2023年缴费基数下限`() throws {
            // 4494.00 × 8 % = 359.52, all of it the own part; 4494.00 × 2 % = 89.88 goes to the account and the
            // remaining 359.52 − 89.88 = 269.64 to the pooling fund.
            let split = try expectedSplit(of: payment(base: 4494_00), category: .flexible, terms: terms(of: "2023-05"))
            #expect(split == parts(own: 359_52, employer: 0))
            let outcome = try Payment(base: Fen(4494_00), rows: ["flexible 2020-01-01"]).outcome()
            #expect(outcome == .credited(Fen(89_88), by: .workerCreditRate))
        }

        @Test func `费率是单位百分之七加个人百分之二减一个百分点`() throws {
            let terms = try terms(of: "2023-05")
            let onePoint = Rate(basisPoints: 100)
            #expect(
                terms.flexibleRate.basisPoints
                    == terms.employerRate.basisPoints + terms.ownRate.basisPoints - onePoint.basisPoints)
        }

        @Test(arguments: [
            // 24042.00 × 8 % = 1923.36
            (base: Int64(24042_00), own: Int64(1923_36)),
            // 5000.06 × 8 % = 400.0048, 5000.07 × 8 % = 400.0056
            (5000_06, 400_00), (5000_07, 400_01),
            // 0.06 × 8 % = 0.48 fen, 0.07 × 8 % = 0.56 fen, 0.56 × 8 % = 4.48 fen
            (6, 0), (7, 1), (56, 4), (0, 0),
        ])
        func `全部由个人缴纳，四舍五入到分，退费同样核对`(base: Int64, own: Int64) throws {
            let terms = try terms(of: "2024-01")
            #expect(
                try expectedSplit(of: payment(base: base), category: .flexible, terms: terms)
                    == parts(own: own, employer: 0))
            #expect(
                try expectedSplit(of: payment(base: -base), category: .flexible, terms: terms)
                    == parts(own: -own, employer: 0))
        }

        @Test(arguments: [Int64(-1), 0, 1])
        func `多一分少一分、有单位缴费都看得出`(off: Int64) throws {
            let delivered = payment(base: 4494_00, own: 359_52 + off, employer: off)
            let split = try expectedSplit(of: delivered, category: .flexible, terms: terms(of: "2023-05"))
            #expect(try delivered.ownPart - split.ownPart == Fen(off))
            #expect(try delivered.employerPart - split.employerPart == Fen(off))
        }
    }

    @Suite struct `二（三） 缴费基数上下限` {
        @Test(arguments: [
            (covered: "2023-01", floor: Int64(4494_00), ceiling: Int64(24042_00)),
            ("2023-12", 4494_00, 24042_00), ("2024-01", 4879_00, 24396_00), ("2024-12", 4879_00, 24396_00),
        ])
        func `差一分即超出，等于上下限不算`(covered: String, floor: Int64, ceiling: Int64) throws {
            let terms = try terms(of: covered)
            let below = try #require(limitFinding(base: Fen(floor - 1), terms: terms))
            #expect(below == (.baseBelowFloor, Fen(floor)))
            let above = try #require(limitFinding(base: Fen(ceiling + 1), terms: terms))
            #expect(above == (.baseAboveCeiling, Fen(ceiling)))
            for base in [floor, floor + 1, ceiling - 1, ceiling] {
                #expect(limitFinding(base: Fen(base), terms: terms) == nil)
            }
        }

        @Test func `2023年的下限在2024年低于下限`() throws {
            #expect(try limitFinding(base: Fen(4494_00), terms: terms(of: "2023-12")) == nil)
            let finding = try #require(try limitFinding(base: Fen(4494_00), terms: terms(of: "2024-01")))
            #expect(finding == (.baseBelowFloor, Fen(4879_00)))
        }
    }
}

private func payment(base: Int64, own: Int64 = 0, employer: Int64 = 0) -> Contribution {
    Contribution(
        insurance: 310, type: .normal, base: Fen(base), ownPart: Fen(own), employerPart: Fen(employer))
}

private func parts(own: Int64, employer: Int64) -> ContributionSplit {
    ContributionSplit(ownPart: Fen(own), employerPart: Fen(employer))
}
