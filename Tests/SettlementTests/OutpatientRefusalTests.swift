import FoundationEssentials
import Money
import Oracle
import Policy
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    @Suite struct `二（一） 不予结算的原因及其先后` {
        @Test func `名称、次序和账上的代码一致`() throws {
            let file = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../sql/0006_adjudication.sql")
            let text = try String(contentsOf: file, encoding: .utf8)
            let table = try #require(
                text.split(separator: "INSERT INTO ledger.verdict").last?.split(separator: ";").first)
            let rows = table.matches(of: /\((\d+), '([a-z_]+)'/).map { "\($0.1) \($0.2)" }
            let refusals = Refusal.allCases.enumerated().map { "\($0 + 10) \(Verdict.refused($1).name)" }
            #expect(rows == ["0 \(Verdict.settled.name)", "1 \(Verdict.outside(.otherBenefit).name)"] + refusals)
            #expect(Refusal.allCases.count == 13)
        }

        private static let ofSettlements: [Refusal] = [
            .unknownPerson, .noRule, .dead, .notEnrolled, .unknownStatus, .unknownInstitution, .unknownLevel,
            .wrongSign, .doesNotAddUp,
        ]

        @Test(arguments: ofSettlements)
        func `结算单独一个原因`(reason: Refusal) throws {
            #expect(try verdict(of: [reason]) == .refused(reason))
        }

        @Test(arguments: ofSettlements, ofSettlements)
        func `结算的两个原因并存时取在先的`(one: Refusal, other: Refusal) throws {
            guard isPossible(one, other) else { return }
            let order = Refusal.allCases
            let first = try #require(order.first { $0 == one || $0 == other })
            #expect(try verdict(of: [one, other]) == .refused(first))
        }

        @Test func `结算的全部原因并存时逐一显出`() throws {
            let reasons: [Refusal] = [
                .unknownPerson, .noRule, .dead, .notEnrolled, .unknownInstitution, .wrongSign, .doesNotAddUp,
            ]
            for start in reasons.indices {
                #expect(try verdict(of: Array(reasons[start...])) == .refused(reasons[start]))
            }
        }

        /// No status can be unknown where there is none, nor a level where there is no institution.
        private func isPossible(_ one: Refusal, _ other: Refusal) -> Bool {
            let both = Set([one, other])
            return both.count == 2 && both != [.notEnrolled, .unknownStatus]
                && both != [.unknownInstitution, .unknownLevel]
        }

        /// What becomes of a settlement that has all of these reasons.
        private func verdict(of reasons: [Refusal]) throws -> Verdict {
            let day = reasons.contains(.noRule) ? "2022-12-31" : "2023-03-01"
            var person = try insured(reasons.contains(.unknownStatus) ? "9999" : "1101")
            var row = try bill("a", 100_00, on: day)
            for reason in reasons {
                switch reason {
                case .unknownPerson: person.isKnown = false
                case .dead: person.death = try date("2022-12-30")
                case .notEnrolled: person.enrolment = []
                case .unknownInstitution: row.institution = "nowhere"
                case .unknownLevel: row.institution = "odd"
                case .wrongSign: row.account = -1
                case .doesNotAddUp: row.total += 1
                case .noRule, .unknownStatus: break
                case .refundWithoutOriginal, .originalRefused, .refundedTwice, .refundOverOriginal:
                    Issue.record("\(reason) is a reason of refunds")
                }
            }
            let folded = try Reading.shipped.pooling().fold(person, [row])
            #expect(try #require(folded.years.values.first).sums == YearSums())
            let outcome = try folded.outcome("a")
            #expect(outcome.decision == Decision())
            #expect(outcome.category == nil)
            #expect(outcome.level == nil)
            return outcome.verdict
        }
    }

    @Suite struct `二（一） 退费不予受理的原因及其先后` {
        private static let ofRefunds: [Refusal] = [
            .unknownPerson, .wrongSign, .doesNotAddUp, .refundWithoutOriginal, .originalRefused, .refundedTwice,
            .refundOverOriginal,
        ]

        @Test(arguments: ofRefunds)
        func `退费单独一个原因`(reason: Refusal) throws {
            #expect(try verdict(of: [reason]) == .refused(reason))
        }

        @Test(arguments: ofRefunds, ofRefunds)
        func `退费的两个原因并存时取在先的`(one: Refusal, other: Refusal) throws {
            // An original that is not there, that was refused, and that was refunded are three different originals.
            let originals: Set<Refusal> = [.refundWithoutOriginal, .originalRefused, .refundedTwice]
            guard one != other, !(originals.contains(one) && originals.contains(other)) else { return }
            let first = try #require(Refusal.allCases.first { $0 == one || $0 == other })
            #expect(try verdict(of: [one, other]) == .refused(first))
        }

        /// What becomes of a mirror row that has all of these reasons.
        private func verdict(of reasons: [Refusal]) throws -> Verdict {
            var person = try insured()
            var original = try bill("a", 1000_00, on: "2023-03-01")
            if reasons.contains(.originalRefused) { original.institution = "nowhere" }
            var rows = [original]
            if reasons.contains(.refundedTwice) { rows.append(try original.mirror("first", on: "2023-03-02")) }
            var mirror = try original.mirror("mirror", on: "2023-03-03")
            for reason in reasons {
                switch reason {
                case .unknownPerson: person.isKnown = false
                case .wrongSign: (mirror.fullSelfPay, mirror.eligible) = (1, mirror.eligible - 1)
                case .doesNotAddUp: mirror.total += 1
                case .refundWithoutOriginal: mirror.original = "nothing"
                case .refundOverOriginal:
                    (mirror.total, mirror.eligible) = (mirror.total - 1, mirror.eligible - 1)
                case .originalRefused, .refundedTwice: break
                case .noRule, .dead, .notEnrolled, .unknownStatus, .unknownInstitution, .unknownLevel:
                    Issue.record("\(reason) is a reason of settlements")
                }
            }
            let without = try Reading.shipped.pooling().fold(person, rows)
            let folded = try Reading.shipped.pooling().fold(person, rows + [mirror])
            #expect(try folded.sums == without.sums, "a refused refund moves nothing")
            #expect(try folded.outcome("mirror").decision == Decision())
            return try folded.outcome("mirror").verdict
        }
    }

    @Suite struct `二（一） 不属于普通门诊统筹的结算` {
        @Test(arguments: [
            ("21", "", OutsideReason.otherBenefit), ("14", "", .otherBenefit), ("140104", "", .otherBenefit),
            ("140201", "", .otherBenefit), ("15", "", .otherBenefit), ("41", "", .noPrescription),
            ("14", "M99999", .otherBenefit),
        ])
        func `不动累计，由账户或现金支付`(type: String, disease: String, reason: OutsideReason) throws {
            var row = try bill("a", 5000_00)
            (row.medicalType, row.disease, row.account, row.family) = (type, disease, 300_00, 200_00)
            let folded = try Reading.shipped.pooling().fold(insured(), [row, bill("b", 945_00, on: "2023-03-02")])
            let outcome = try folded.outcome("a")
            #expect(outcome.verdict == .outside(reason))
            #expect(outcome.decision.eligible == .zero)
            #expect(outcome.decision.poolPayment == .zero)
            #expect(outcome.decision.accountPayment == Fen(300_00))
            #expect(outcome.decision.familyAccountPayment == Fen(200_00))
            #expect(outcome.decision.cashPayment == Fen(4500_00))
            #expect(try folded.pool("b") == 117_00)
            #expect(try folded.sums.visits == 1)
        }

        @Test(arguments: ["11", "110104", "13"])
        func `普通门诊和急诊属于统筹`(type: String) throws {
            var row = try bill("a", 945_00)
            row.medicalType = type
            #expect(try Reading.shipped.pooling().fold(insured(), [row]).pool("a") == 117_00)
        }

        @Test func `按目录转入的慢性病病种属于统筹`() throws {
            var row = try bill("a", 945_00)
            (row.medicalType, row.disease) = ("14", "M03900")
            #expect(try Reading.shipped.pooling().fold(insured(), [row]).pool("a") == 117_00)
        }

        @Test func `其他险种先于一切原因`() throws {
            var row = try bill("a", 945_00, at: "nowhere", on: "2022-12-31")
            (row.insurance, row.total) = (390, 946_00)
            var person = try insured()
            person.isKnown = false
            let outcome = try Reading.shipped.pooling().fold(person, [row]).outcome("a")
            #expect(outcome.verdict == .outside(.otherInsurance))
        }

        @Test func `不需要级别，但机构须在名录，费用须平`() throws {
            let pooling = try Reading.shipped.pooling()
            var row = try bill("a", 945_00, at: "odd")
            row.medicalType = "21"
            #expect(try pooling.fold(insured(), [row]).outcome("a").verdict == .outside(.otherBenefit))
            row.institution = "closed"
            #expect(try pooling.fold(insured(), [row]).outcome("a").verdict == .outside(.otherBenefit))
            row.day = try date("2023-04-01")
            #expect(try pooling.fold(insured(), [row]).outcome("a").verdict == .refused(.unknownInstitution))
            (row.institution, row.total) = ("tertiary", 946_00)
            #expect(try pooling.fold(insured(), [row]).outcome("a").verdict == .refused(.doesNotAddUp))
        }

        @Test func `处方机构不在名录或级别不明的，按处方机构拒绝`() throws {
            var row = try bill("a", 945_00, at: "pharmacy")
            (row.medicalType, row.prescriber) = ("41", "nowhere")
            let pooling = try Reading.shipped.pooling()
            #expect(try pooling.fold(insured(), [row]).outcome("a").verdict == .refused(.unknownInstitution))
            row.prescriber = "odd"
            #expect(try pooling.fold(insured(), [row]).outcome("a").verdict == .refused(.unknownLevel))
        }
    }
}
