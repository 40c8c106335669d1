import Money
import Oracle
import Policy
import Settlement
import Testing

/// A cell of the table in 二（一）, amounts in fen.
struct TableCell: Sendable, CustomTestStringConvertible {
    let type: String
    let institution: String
    let deductible: Int64
    let ceiling: Int64
    let percent: Int64

    var testDescription: String { "psn_type \(type), \(institution): \(percent)%" }

    static let all = [
        TableCell(type: "1101", institution: "primary", deductible: 750_00, ceiling: 6000_00, percent: 70),
        TableCell(type: "1101", institution: "secondary", deductible: 750_00, ceiling: 6000_00, percent: 65),
        TableCell(type: "1101", institution: "tertiary", deductible: 750_00, ceiling: 6000_00, percent: 60),
        TableCell(type: "1201", institution: "primary", deductible: 600_00, ceiling: 6000_00, percent: 75),
        TableCell(type: "1201", institution: "secondary", deductible: 600_00, ceiling: 6000_00, percent: 70),
        TableCell(type: "1201", institution: "tertiary", deductible: 600_00, ceiling: 6000_00, percent: 60),
        TableCell(type: "3401", institution: "primary", deductible: 600_00, ceiling: 7000_00, percent: 75),
        TableCell(type: "3401", institution: "secondary", deductible: 600_00, ceiling: 7000_00, percent: 70),
        TableCell(type: "3401", institution: "tertiary", deductible: 600_00, ceiling: 7000_00, percent: 60),
    ]
}

extension `连政办发〔2022〕73号` {
    @Suite struct `二（一） 普通门诊统筹` {
        @Test func `在职人员在三级医疗机构政策范围内945元，统筹支付117元`() throws {
            // 945.00 − 750.00 = 195.00; 195.00 × 60 % = 117.00; the person bears 945.00 − 117.00 = 828.00.
            let folded = try Reading.shipped.pooling().fold(insured(), [bill("a", 945_00)])
            let decision = try folded.outcome("a").decision
            #expect(decision.deductible == Fen(750_00))
            #expect(decision.payable == Fen(117_00))
            #expect(decision.poolPayment == Fen(117_00))
            #expect(decision.cashPayment == Fen(828_00))
        }

        @Test func `各级医疗机构合并累计起付标准`() throws {
            // 500.00 all below the deductible; of 400.00 another 250.00, and 150.00 × 65 % = 97.50; 1000.00 × 60 %.
            let bills = try [
                bill("a", 500_00, at: "primary", on: "2023-01-01"),
                bill("b", 400_00, at: "secondary", on: "2023-02-28"),
                bill("c", 1000_00, at: "tertiary", on: "2023-12-31"),
            ]
            let folded = try Reading.shipped.pooling().fold(insured(), bills)
            #expect(folded.answers.map(\.deductible) == [500_00, 250_00, 0])
            #expect(folded.answers.map(\.pool) == [0, 97_50, 600_00])
            #expect(try folded.sums.deductible == Fen(750_00))
            #expect(try folded.sums.poolPayment == Fen(697_50))
            #expect(try folded.sums.eligible == Fen(1900_00))
            #expect(try folded.sums.visits == 3)
        }

        @Test(arguments: TableCell.all)
        func `起付标准少一分、正好、多一分`(cell: TableCell) throws {
            let pooling = try Reading.shipped.pooling()
            // Of one fen above, 60 % to 75 % is one fen; of a yuan, as many fen as per cent.
            for (over, pool) in [(-1, 0), (0, 0), (1, 1), (1_00, cell.percent)] as [(Int64, Int64)] {
                let eligible = cell.deductible + over
                let folded = try pooling.fold(insured(cell.type), [bill("a", eligible, at: cell.institution)])
                let decision = try folded.outcome("a").decision
                #expect(decision.deductible == Fen(min(eligible, cell.deductible)))
                #expect(decision.poolPayment == Fen(pool))
                #expect(decision.rate == Rate(basisPoints: cell.percent * 100))
                #expect(decision.cashPayment == Fen(eligible - pool))
            }
        }

        @Test(arguments: TableCell.all)
        func `最高支付限额少一分、正好，一分不超`(cell: TableCell) throws {
            // The in-scope amount whose share is one fen less than the ceiling, rounded to the fen.
            let eligible = cell.deductible + ((cell.ceiling - 1) * 100 + cell.percent / 2) / cell.percent
            for next in [1, 2, 1000_00] as [Int64] {
                let bills = try [
                    bill("a", eligible, at: cell.institution, on: "2023-05-01"),
                    bill("b", next, at: cell.institution, on: "2023-05-02"),
                    bill("c", 1000_00, at: cell.institution, on: "2023-05-03"),
                ]
                let folded = try Reading.shipped.pooling().fold(insured(cell.type), bills)
                #expect(folded.answers.map(\.pool) == [cell.ceiling - 1, 1, 0])
                #expect(
                    folded.answers.map(\.payable) == [
                        cell.ceiling - 1, (next * cell.percent + 50) / 100, 1000 * cell.percent,
                    ])
                #expect(try folded.sums.poolPayment == Fen(cell.ceiling))
                #expect(try folded.outcome("c").decision.cashPayment == Fen(1000_00))
            }
        }

        @Test(arguments: TableCell.all)
        func `一笔即超过限额的，支付到限额为止`(cell: TableCell) throws {
            let folded = try Reading.shipped.pooling().fold(
                insured(cell.type), [bill("a", 100_000_00, at: cell.institution)])
            #expect(try folded.pool("a") == cell.ceiling)
            #expect(
                try folded.outcome("a").decision.payable == Fen((100_000_00 - cell.deductible) * cell.percent / 100))
        }

        @Test(
            arguments: [
                ("tertiary", 749_99, 0), ("tertiary", 750_00, 0), ("tertiary", 750_01, 1), ("tertiary", 750_02, 1),
                ("tertiary", 750_03, 2), ("tertiary", 750_04, 2), ("tertiary", 750_05, 3),
                // 0.10 × 65 % = 0.065 and 0.30 × 65 % = 0.195: half a fen goes up.
                ("secondary", 750_09, 6), ("secondary", 750_10, 7), ("secondary", 750_11, 7), ("secondary", 750_30, 20),
                // 0.05 × 70 % = 0.035.
                ("primary", 750_05, 4), ("primary", 750_06, 4), ("primary", 750_15, 11),
            ] as [(String, Int64, Int64)])
        func `逐笔四舍五入到分`(institution: String, eligible: Int64, pool: Int64) throws {
            let folded = try Reading.shipped.pooling().fold(insured(), [bill("a", eligible, at: institution)])
            #expect(try folded.pool("a") == pool)
            #expect(try folded.outcome("a").decision.cashPayment == Fen(eligible - pool))
        }

        @Test func `舍去的读法不进位`() throws {
            let folded = try Reading.roundingDown.pooling().fold(insured(), [bill("a", 750_30, at: "secondary")])
            #expect(try folded.pool("a") == 19)
        }

        @Test(
            arguments: [
                ("1101", 162_50), ("1103", 162_50), ("1201", 280_00), ("1203", 280_00), ("3401", 280_00),
                ("136003", 280_00), ("136013", 280_00),
            ] as [(String, Int64)])
        func `同一笔费用，在职与灵活就业相同，退休人员起付低、比例高`(type: String, pool: Int64) throws {
            // Secondary, 1000.00: (1000 − 750) × 65 % = 162.50; (1000 − 600) × 70 % = 280.00.
            let folded = try Reading.shipped.pooling().fold(insured(type), [bill("a", 1000_00, at: "secondary")])
            #expect(try folded.pool("a") == pool)
        }

        @Test func `未定级机构按一级，级别按结算当日`() throws {
            let bills = try [
                bill("a", 750_00, on: "2023-01-01"), bill("b", 100_00, at: "ungraded", on: "2023-02-01"),
                bill("c", 100_00, at: "lowered", on: "2023-06-30"), bill("d", 100_00, at: "lowered", on: "2023-07-01"),
            ]
            let folded = try Reading.shipped.pooling().fold(insured(), bills)
            #expect(folded.answers.map(\.pool) == [0, 70_00, 60_00, 65_00])
        }

        @Test func `定点零售药店按开具处方的医疗机构级别支付`() throws {
            var sales = try [
                bill("a", 850_00, at: "pharmacy", on: "2023-01-01"),
                bill("b", 100_00, at: "pharmacy", on: "2023-02-01"),
                bill("c", 100_00, at: "pharmacy", on: "2023-03-01"),
            ]
            for (index, prescriber) in ["tertiary", "secondary", ""].enumerated() {
                sales[index].medicalType = "41"
                sales[index].prescriber = prescriber
            }
            let folded = try Reading.shipped.pooling().fold(insured(), sales)
            #expect(folded.answers.map(\.pool) == [60_00, 65_00, 0])
            #expect(folded.answers.map(\.verdict) == ["settled", "settled", "outside"])
            #expect(try folded.sums.eligible == Fen(950_00))
        }

        @Test func `只有政策范围内的金额参加，其余由个人负担`() throws {
            var bill = try bill("a", 945_00)
            (bill.fullSelfPay, bill.overLimit, bill.advance) = (10_00, 20_00, 30_00)
            (bill.total, bill.institutionBorne) = (1005_00, 5_00)
            (bill.account, bill.family) = (200_00, 100_00)
            let decision = try Reading.shipped.pooling().fold(insured(), [bill]).outcome("a").decision
            #expect(decision.poolPayment == Fen(117_00))
            #expect(decision.accountPayment == Fen(200_00))
            #expect(decision.familyAccountPayment == Fen(100_00))
            // 1005.00 − 117.00 − 5.00 − 200.00 − 100.00.
            #expect(decision.cashPayment == Fen(583_00))
        }

        @Test func `新的自然年度，起付和限额重新计算`() throws {
            let bills = try [
                bill("a", 20_000_00, on: "2023-12-31"), bill("b", 945_00, on: "2024-01-01"),
            ]
            let folded = try Reading.shipped.pooling().fold(insured(), bills)
            #expect(folded.answers.map(\.pool) == [6000_00, 117_00])
            #expect(folded.answers.map(\.year) == [2023, 2024])
        }

        @Test func `每一步写明金额、所用参数和出处`() throws {
            let pooling = try Reading.shipped.pooling()
            let table = try #require(pooling.engine.table(on: date("2023-03-01")))
            let decision = try pooling.fold(insured(), [bill("a", 20_000_00)]).outcome("a").decision
            let steps = decision.steps(by: table.active, level: .tertiary)
            #expect(
                steps.map { "\($0.kind.rawValue) \($0.amount) \($0.parameter) \($0.citation)" } == [
                    "eligible 20000.00 2000000 inscp_scp_amt",
                    "deductible 750.00 75000 连政办发〔2022〕73号 二（一）",
                    "rate 11550.00 6000 连政办发〔2022〕73号 二（一）",
                    "ceiling 6000.00 600000 连政办发〔2022〕73号 二（一）",
                ])
        }
    }
}
