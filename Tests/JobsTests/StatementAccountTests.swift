import Money
import Settlement
import Testing

@testable import Jobs

@Suite struct `The sums of a statement's account` {
    struct Case: CustomTestStringConvertible, Sendable {
        let kind: AccountMovement
        var source: FactID = "a"
        let column: AccountYearColumn
        /// What 10.00 more on the account adds to the column.
        var sign: Int64 = 1

        var testDescription: String { "\(kind.rawValue) \(source)" }
    }

    static let cases = [
        Case(kind: .credit, column: .credit),
        Case(kind: .yearlyInterest, column: .interest),
        Case(kind: .inherited, column: .otherIn),
        Case(kind: .transferredIn, column: .otherIn),
        Case(kind: .specialAdjustment, column: .otherIn),
        Case(kind: .backEntry, column: .otherIn),
        Case(kind: .carriedIn, column: .otherIn),
        Case(kind: .carriedIn, source: "account-opening", column: .broughtIn),
        Case(kind: .settlementRefund, column: .payment, sign: -1),
        Case(kind: .spending, column: .payment, sign: -1),
        Case(kind: .closedOut, column: .otherOut, sign: -1),
        Case(kind: .premium, column: .otherOut, sign: -1),
        Case(kind: .carriedOut, column: .otherOut, sign: -1),
        Case(kind: .transferredOut, column: .otherOut, sign: -1),
        Case(kind: .toHeirs, column: .otherOut, sign: -1),
    ]

    /// A balance brought in is of an earlier year and adjusts none.
    @Test(arguments: cases, [Int64(10_00), -10_00])
    func `go by the kind of movement, with the sign of the column`(item: Case, amount: Int64) throws {
        for (covered, posted, isEarlier) in [("2023-05", "2023-06", false), ("2022-12", "2023-01", true)] {
            var expected = AccountSums()
            expected[item.column] = Fen(item.sign * amount)
            expected[.closing] = Fen(amount)
            if isEarlier, item.column != .broughtIn { expected[.priorYear] = Fen(amount) }
            var sums = AccountSums()
            try sums.add(entry(item, amount, covered: covered, posted: posted))
            #expect(sums == expected, "covers \(covered)")
        }
    }

    @Test func `know every kind of the interface`() {
        #expect(Set(Self.cases.map(\.kind)) == Set(AccountMovement.allCases))
    }

    private func entry(
        _ item: Case, _ amount: Int64, covered: String, posted: String
    ) throws -> StatementMovement.Entry {
        let month = try #require(Month(posted))
        return StatementMovement.Entry(
            kind: item.kind, coveredMonth: try #require(Month(covered)), effectiveOn: month.firstDay,
            source: item.source, revision: 0, amount: Fen(amount), run: 1, instance: .monthEnd(month),
            postingMonth: month, article: "")
    }
}
