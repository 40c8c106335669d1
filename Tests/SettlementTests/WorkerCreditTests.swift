import Money
import Policy
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    @Suite struct `二（四） 在职职工按本人缴费基数的百分之二计入` {
        @Test func `例：2023年缴费基数下限`() throws {
            // 4494.00 × 2 % = 89.88
            #expect(try Payment(base: Fen(4494_00)).outcome() == .credited(Fen(89_88), by: .workerCreditRate))
        }

        @Test(arguments: [
            // 24042.00 × 2 % = 480.84
            (base: Int64(24042_00), credit: Int64(480_84)),
            // 5000.01 × 2 % = 100.0002, 5000.24 × 2 % = 100.0048: what is less than half a fen is dropped.
            (5000_01, 100_00), (5000_24, 100_00),
            // 5000.25 × 2 % = 100.0050: half a fen goes up.
            (5000_25, 100_01), (5000_26, 100_01), (5000_74, 100_01),
            // 5000.75 × 2 % = 100.0150
            (5000_75, 100_02),
            // 0.25 × 2 % = half a fen, 0.74 × 2 % = 1.48 fen, 0.75 × 2 % = 1.5 fen
            (25, 1), (49, 1), (74, 1), (75, 2),
        ])
        func `计算到分，四舍五入；退费按同样数额收回`(base: Int64, credit: Int64) throws {
            let paid = try Payment(base: Fen(base)).outcome()
            let refunded = try Payment(type: .refund, base: Fen(-base)).outcome()
            #expect(paid == .credited(Fen(credit), by: .workerCreditRate))
            #expect(refunded == .credited(Fen(-credit), by: .workerCreditRate))
        }

        @Test(arguments: [Int64(0), 1, 24, -1, -24])
        func `不足半分的没有可计入的金额`(base: Int64) throws {
            #expect(try Payment(base: Fen(base)).outcome() == .notDue(.zero))
        }

        @Test func `取舍口径改为舍去时，半分不进`() throws {
            let rules = try rules(site: "pooling.rounding:\n  2023-01-01: {value: down}")
            #expect(try Payment(base: Fen(5000_25)).outcome(by: rules) == .credited(Fen(100_00), by: .workerCreditRate))
            #expect(try Payment(base: Fen(49)).outcome(by: rules) == .notDue(.zero))
        }

        @Test(arguments: [
            (CollectionType.normal, true), (.refund, true), (.backCollection, true), (.lumpSum, true),
            (.baseDifference, true), (.rateDifference, false), (.retireeCredit, false), (nil, false),
        ])
        func `按缴费基数计入的征缴类型`(type: CollectionType?, isCredited: Bool) throws {
            let outcome: CreditOutcome =
                isCredited ? .credited(Fen(89_88), by: .workerCreditRate) : .notDue(.typeNotCredited)
            #expect(try Payment(type: type).outcome() == outcome)
        }

        @Test func `征缴类型的编码`() {
            #expect(CollectionType.allCases.map(\.rawValue) == [10, 20, 30, 32, 34, 35, 36])
        }

        @Test func `基数补差按差额计入`() throws {
            // The ceiling of 2024 less that of 2023: 24396.00 − 24042.00 = 354.00; 354.00 × 2 % = 7.08
            let difference = Payment(type: .baseDifference, base: Fen(354_00), covered: "2024-01")
            #expect(try difference.outcome() == .credited(Fen(7_08), by: .workerCreditRate))
        }

        @Test(arguments: [Int16(330), 390, 392, 410, 0])
        func `其他险种的缴费不计入，先于其他原因`(insurance: Int16) throws {
            let payment = Payment(
                insurance: insurance, type: .retireeCredit, isKnown: false, isSettled: false, hasRule: false, rows: [])
            #expect(try payment.outcome() == .notDue(.otherInsurance))
        }

        @Test func `退休人员统筹划入的记录不是缴费，先于其他原因`() throws {
            let record = Payment(
                type: .retireeCredit, isKnown: false, isSettled: false, hasRule: false, rows: ["retired 2020-01-01"])
            #expect(try record.outcome() == .notDue(.typeNotCredited))
        }

        @Test func `预缴的月份到结算时计入`() throws {
            var payment = Payment(isKnown: false, isSettled: false, hasRule: false, rows: [])
            #expect(try payment.outcome() == .notDue(.inAdvance))
            payment = Payment(isSettled: false)
            #expect(try payment.outcome() == .notDue(.inAdvance))
            payment.isSettled = true
            #expect(try payment.outcome() == .credited(Fen(89_88), by: .workerCreditRate))
        }

        @Test func `补缴按所属月份的规定计入`() throws {
            let old = "2023-01-01: {value: 200, cite: 连政办发〔2022〕73号 二（四）}"
            let rules = try rules(replacing: old, with: "\(old)\n      2024-01-01: {value: 150, cite: 新文件}")
            // 5000.00 × 2 % = 100.00, 5000.00 × 1.5 % = 75.00
            let late = Payment(type: .backCollection, base: Fen(5000_00), covered: "2023-12")
            let current = Payment(type: .backCollection, base: Fen(5000_00), covered: "2024-01")
            #expect(try late.outcome(by: rules) == .credited(Fen(100_00), by: .workerCreditRate))
            #expect(try current.outcome(by: rules) == .credited(Fen(75_00), by: .workerCreditRate))
        }

        @Test(arguments: ["2023-05-01", "2023-05-15", "2023-05-31"])
        func `办理退休的当月仍按在职计入，次月起的缴费列为异常`(change: String) throws {
            let rows = ["active 2020-01-01", "retired \(change)"]
            #expect(
                try Payment(covered: "2023-05", rows: rows).outcome() == .credited(Fen(89_88), by: .workerCreditRate))
            #expect(try Payment(covered: "2023-06", rows: rows).outcome() == .excepted(.retired))
        }

        @Test func `死亡当月仍计入，次月起的缴费列为异常`() throws {
            let before = Payment(covered: "2023-05", death: "2023-05-01")
            let after = Payment(covered: "2023-06", death: "2023-05-31")
            #expect(try before.outcome() == .credited(Fen(89_88), by: .workerCreditRate))
            #expect(try after.outcome() == .excepted(.dead))
        }

        @Test func `停保当月仍计入，次月起的缴费列为异常`() throws {
            let rows = ["active 2020-01-01…2023-05-01"]
            #expect(
                try Payment(covered: "2023-05", rows: rows).outcome() == .credited(Fen(89_88), by: .workerCreditRate))
            #expect(try Payment(covered: "2023-06", rows: rows).outcome() == .excepted(.notEnrolled))
        }

        @Test(arguments: ["retired", "veteran"])
        func `退休月份的缴费列为异常，哪怕是不计入的类型或零基数`(category: String) throws {
            let rows = ["\(category) 2020-01-01"]
            #expect(try Payment(rows: rows).outcome() == .excepted(.retired))
            #expect(try Payment(type: .rateDifference, rows: rows).outcome() == .excepted(.retired))
            #expect(try Payment(type: nil, rows: rows).outcome() == .excepted(.retired))
            #expect(try Payment(base: .zero, rows: rows).outcome() == .excepted(.retired))
        }

        @Test func `最大的基数也算得出`() throws {
            // (2⁶³ − 1) fen × 2 % = 184467440737095516.14 fen
            let outcome = try Payment(base: Fen(.max)).outcome()
            #expect(outcome == .credited(Fen(184_467_440_737_095_516), by: .workerCreditRate))
        }
    }
}
