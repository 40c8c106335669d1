import Books
import Money
import Testing

@Suite struct `A voucher balances or is not made` {
    @Test func `an employer's payment: 404.46 received is 314.58 of the employer and 89.88 of the employee`() throws {
        let lines: [Voucher.Line] = [
            .debit(.incomeDeposits, Fen(404_46)), .credit(.employerContributions, Fen(314_58)),
            .credit(.ownContributions, Fen(89_88)),
        ]
        let voucher = try #require(try Voucher(.contributionReceipt, lines))
        #expect(voucher.kind == .contributionReceipt)
        #expect(voucher.lines == lines)
        #expect(try voucher.total(of: .debit) == Fen(404_46))
        #expect(try voucher.total(of: .credit) == Fen(404_46))
    }

    @Test(arguments: [
        (debit: Int64(100_01), credit: Int64(100_00), difference: "0.01"), (100_00, 100_01, "-0.01"),
        (100_00, 0, "100.00"), (0, 100_00, "-100.00"), (100_00, -100_00, "200.00"), (-100_00, 100_00, "-200.00"),
    ])
    func `a fen too much on either side is refused`(debit: Int64, credit: Int64, difference: String) {
        let error = #expect(throws: LedgerError.self) {
            try Voucher(
                .retireeCredit, [.debit(.poolingFund, Fen(debit)), .credit(.personalAccountFund, Fen(credit))])
        }
        #expect(
            error?.description
                == "voucher retiree_credit: debit − credit = \(difference); nothing was posted. "
                + "This is a fault of the program.")
    }

    @Test(arguments: VoucherKind.allCases)
    func `the refusal names the voucher and the difference`(kind: VoucherKind) {
        #expect(throws: LedgerError.unbalanced(kind, difference: Fen(-5))) {
            try Voucher(kind, [.credit(.otherIncome, Fen(5))])
        }
    }

    @Test func `lines of zero are left out, and the others keep their order`() throws {
        let voucher = try #require(
            try Voucher(
                .contributionSplit,
                [
                    .debit(.flexibleContributions, .zero), .debit(.ownContributions, Fen(89_88)),
                    .credit(.poolingFund, .zero), .credit(.personalAccountFund, Fen(89_88)),
                ]))
        #expect(
            voucher.lines == [.debit(.ownContributions, Fen(89_88)), .credit(.personalAccountFund, Fen(89_88))])
    }

    @Test(arguments: [
        [Voucher.Line](), [.debit(.poolingFund, .zero)], [.debit(.poolingFund, .zero), .credit(.poolingFund, .zero)],
    ])
    func `where nothing moves there is nothing to book`(lines: [Voucher.Line]) throws {
        #expect(try Voucher(.retireeCredit, lines) == nil)
    }

    @Test func `a correction stands in red on the side it corrects`() throws {
        let taken = try #require(
            try Voucher(
                .retireeCredit, [.debit(.poolingFund, Fen(-90_00)), .credit(.personalAccountFund, Fen(-90_00))]))
        #expect(try taken.total(of: .debit) == Fen(-90_00))
        #expect(try taken.netCredit(of: .poolingFund) == Fen(90_00))
        #expect(try taken.netCredit(of: .personalAccountFund) == Fen(-90_00))

        let within = try #require(
            try Voucher(.retireeCredit, [.debit(.poolingFund, Fen(90_00)), .debit(.poolingFund, Fen(-90_00))]))
        #expect(within.lines.count == 2)
        #expect(try within.netCredit(of: .poolingFund) == .zero)
    }

    @Test func `a subject grows by its credits less its debits`() throws {
        let voucher = try #require(
            try Voucher(
                .contributionSplit,
                [
                    .debit(.employerContributions, Fen(314_58)), .debit(.ownContributions, Fen(89_88)),
                    .credit(.personalAccountFund, Fen(100_00)), .debit(.personalAccountFund, Fen(10_12)),
                    .credit(.poolingFund, Fen(314_58)),
                ]))
        #expect(try voucher.netCredit(of: .personalAccountFund) == Fen(89_88))
        #expect(try voucher.netCredit(of: .poolingFund) == Fen(314_58))
        #expect(try voucher.netCredit(of: .employerContributions) == Fen(-314_58))
        #expect(try voucher.netCredit(of: .incomeDeposits) == .zero)
    }

    @Test func `a line keeps its institution`() throws {
        let lines: [Voucher.Line] = [
            .debit(.outpatientPoolingBenefits, Fen(60_00)),
            .credit(.payableToInstitutions, Fen(40_00), institution: "H32070000001"),
            .credit(.payableToInstitutions, Fen(20_00), institution: "H32070000002"),
        ]
        let voucher = try #require(try Voucher(.contributionSplit, lines))
        #expect(voucher.lines.map(\.institution) == [nil, "H32070000001", "H32070000002"])
        #expect(voucher.lines.map(\.side) == [.debit, .credit, .credit])
        #expect(try voucher.netCredit(of: .payableToInstitutions) == Fen(60_00))
    }

    @Test(arguments: [
        (
            lines: [Voucher.Line.debit(.poolingFund, Fen(.max)), .debit(.poolingFund, Fen(1))],
            operation: "9223372036854775807 + 1"
        ),
        ([.debit(.poolingFund, Fen(.max)), .credit(.poolingFund, Fen(-1))], "9223372036854775807 - -1"),
    ])
    func `a sum that does not fit is an error of the books`(lines: [Voucher.Line], operation: String) {
        let error = #expect(throws: LedgerError.self) {
            try Voucher(.accountOpening, lines)
        }
        #expect(
            error?.description
                == "\(operation) does not fit 64 bits of fen; one of the amounts cannot be right")
    }

    @Test func `each kind has its name in the database and its summary (摘要)`() {
        let texts = VoucherKind.allCases.map { "\($0.rawValue) \($0.summary)" }
        #expect(
            texts == [
                "contribution_receipt 收到职工基本医疗保险费",
                "contribution_split 保险费划分：个人账户与统筹基金",
                "retiree_credit 退休人员个人账户由统筹基金划入",
                "account_opening 个人账户期初余额转入",
                "outpatient_benefits 应付定点机构门诊费用",
                "account_use 个人账户其他收支",
                "benefits_to_funds 待遇支出转入统筹基金与个人账户基金",
                "institution_payment 拨付定点机构费用",
                "deposit_held 扣留定点机构质量保证金",
                "account_interest 个人账户年度计息",
                "annual_clearing 年度清算：结余留用与超支分担",
                "deposit_decided 按考核结果返还或扣减质量保证金",
            ])
    }
}
