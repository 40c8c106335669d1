import Money
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    /// 未能计入的原因: a contribution that has several gets the first in the order of the enum.
    @Suite struct `二（四） 未能计入的原因及其先后` {
        @Test func `原因的编码和先后`() {
            #expect(
                CreditException.allCases.map(\.rawValue) == [
                    "unknown_person", "no_rule", "dead", "not_enrolled", "unknown_status", "retired", "unpaid",
                    "no_own_level", "figure_not_supplied",
                ])
            #expect(
                NotDue.allCases.map(\.rawValue) == [
                    "other_insurance", "type_not_credited", "in_advance", "zero", "not_enrolled", "dead",
                ])
        }

        @Test(arguments: [
            CreditException.unknownPerson, .noRule, .dead, .notEnrolled, .unknownStatus, .retired,
        ])
        func `单独一个原因即列为异常`(reason: CreditException) throws {
            #expect(try payment(with: [reason]).outcome() == .excepted(reason))
        }

        @Test(arguments: [
            (first: CreditException.unknownPerson, second: CreditException.noRule),
            (.unknownPerson, .dead), (.unknownPerson, .notEnrolled), (.unknownPerson, .unknownStatus),
            (.unknownPerson, .retired),
            (.noRule, .dead), (.noRule, .notEnrolled), (.noRule, .unknownStatus), (.noRule, .retired),
            (.dead, .notEnrolled), (.dead, .unknownStatus), (.dead, .retired),
            (.notEnrolled, .unknownStatus), (.notEnrolled, .retired),
        ])
        func `两个原因并存时取在先的`(first: CreditException, second: CreditException) throws {
            let order = CreditException.allCases
            let (firstPlace, secondPlace) = try (
                #require(order.firstIndex(of: first)), #require(order.firstIndex(of: second))
            )
            #expect(firstPlace < secondPlace)
            #expect(try payment(with: [first, second]).outcome() == .excepted(first))
        }

        @Test func `全部原因并存时取第一个`() throws {
            let reasons: [CreditException] = [.retired, .notEnrolled, .dead, .noRule, .unknownPerson]
            for count in reasons.indices {
                let some = Array(reasons[...count])
                #expect(try payment(with: some).outcome() == .excepted(reasons[count]))
            }
        }

        @Test func `身份不明和已退休是同一月份的两种身份，以月初前一日的为准`() throws {
            #expect(try Payment(rows: ["? 2020-01-01", "retired 2023-05-10"]).outcome() == .excepted(.unknownStatus))
            #expect(try Payment(rows: ["retired 2020-01-01", "? 2023-05-10"]).outcome() == .excepted(.retired))
        }

        @Test(arguments: [
            CreditException.unknownPerson, .noRule, .dead, .notEnrolled, .unknownStatus, .retired,
        ])
        func `异常先于不计入的类型和零金额`(reason: CreditException) throws {
            var payment = payment(with: [reason])
            payment.type = .rateDifference
            #expect(try payment.outcome() == .excepted(reason))
            payment.type = .normal
            payment.base = .zero
            #expect(try payment.outcome() == .excepted(reason))
        }

        @Test func `不计入的类型先于零金额`() throws {
            #expect(try Payment(type: .rateDifference, base: .zero).outcome() == .notDue(.typeNotCredited))
        }

        /// A payment for May 2023 that has all of these reasons at once.
        private func payment(with reasons: [CreditException]) -> Payment {
            var payment = Payment()
            if reasons.contains(.unknownPerson) { payment.isKnown = false }
            if reasons.contains(.noRule) { payment.hasRule = false }
            if reasons.contains(.dead) { payment.death = "2023-04-30" }
            let category =
                reasons.contains(.retired) ? "retired" : reasons.contains(.unknownStatus) ? "?" : "active"
            payment.rows = ["\(category) 2020-01-01\(reasons.contains(.notEnrolled) ? "…2023-04-30" : "")"]
            return payment
        }
    }
}
