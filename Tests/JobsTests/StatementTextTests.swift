import Jobs
import Money
import Testing

@testable import settle

/// The figures are reckoned by hand in ``StatementTown``.
@Suite(.serialized, .scratch) struct `The personal statement` {
    @Test func `masks number and names unless they are asked for`() async throws {
        let text = try await StatementTown.closed().text(naming: .masked)
        #expect(text.contains("  人员编号  *\n  姓名      某*\n"))
        #expect(text.contains("2023-02-15 10:20  某*（子女）"))
        #expect(!text.contains("某甲") && !text.contains("某乙"))
    }

    /// Payments 850.00 − 60.00 + 50.00 − 50.00 + 20.00 − 20.00 + 30.00 = 820.00; the fund 210.00 + 195.00 − 195.00
    /// + 5790.00 = 6000.00; visits 7 less one refund, less d and p.
    @Test func `of a closed year shows every line, its balance and what the books keep`() async throws {
        let town = try await StatementTown.closed()
        #expect(
            try town.text() == """
                个人账户对账单 2023 年度

                  人员编号  W
                  姓名      某甲
                  统筹区    320703
                  类别      在职职工（2023-12）
                  年度      已结账，运行 9，2024-01-02 03:10:11
                  年结证书  c0ffee

                个人账户（元）
                  记账        项目        摘要                           金额      余额
                                          上年结转                                 0.00
                  2023-01-31  原系统转入  2022-12-31 余额            2,000.00  2,000.00
                  2023-01-31  支出        2023-01-10 三级医院         -850.00  1,150.00
                  2023-01-31  划入        2023-01 缴费                 100.00  1,250.00
                  2023-02-28  支出        2023-01-10 三级医院，更正     60.00  1,310.00
                  2023-02-28  支出        2023-02-10 二级医院          -50.00  1,260.00
                  2023-02-28  支出        2023-02-15 家人 三级医院     -20.00  1,240.00
                  2023-02-28  划入        2023-02 缴费                 100.00  1,340.00
                  2023-03-31  结算退费    2023-03-05 二级医院           50.00  1,390.00
                  2023-03-31  支出        2023-03-12 药店              -30.00  1,360.00
                  2023-03-31  缴纳保费    2023-03-15 职工大病保险费    -96.00  1,264.00
                  2023-03-31  结算退费    2023-03-20 家人 三级医院      20.00  1,284.00
                  2023-03-31  划入冲回    2023-02 缴费                 -20.00  1,264.00
                  2023-03-31  划入        2023-03 缴费                 100.00  1,364.00
                  2023-12-31  利息        2023 年度                     12.34  1,376.34
                                          年末余额                             1,376.34

                本年合计（元）
                                        逐笔合计    年度账
                  上年结转                  0.00      0.00
                  原系统余额转入        2,000.00  2,000.00
                  划入                    280.00    280.00
                  利息                     12.34     12.34
                  其他收入                  0.00      0.00
                  减：支付（已扣退费）    820.00    820.00
                  减：其他支出             96.00     96.00
                  年末余额              1,376.34  1,376.34
                  其中：以前年度调整        0.00      0.00
                  余额构成  当年 12.34，上年 0.00，更早 1,364.00

                门诊统筹 2023 待遇年度（元）
                       总费用     范围内    起付  比例      统筹  个人账户  家庭共济       现金
                  2023-01-05 08:30  e  卫生院，一级及以下
                       100.00     100.00  100.00   70%      0.00      0.00      0.00     100.00
                    起付累计 100.00，尚余 650.00；统筹累计 0.00，尚余 6,000.00
                  2023-01-10 09:00  a  三级医院，三级
                     1,000.00   1,000.00  650.00   60%    210.00    790.00      0.00       0.00
                    起付累计 750.00，尚余 0.00；统筹累计 210.00，尚余 5,790.00
                  2023-02-10 09:00  b  二级医院，二级
                       300.00     300.00    0.00   65%    195.00     50.00      0.00      55.00
                    起付累计 750.00，尚余 0.00；统筹累计 405.00，尚余 5,595.00
                  2023-03-05 11:00  b-refund（退费，原结算 b）  二级医院，二级
                      -300.00    -300.00    0.00   65%   -195.00    -50.00      0.00     -55.00
                    起付累计 750.00，尚余 0.00；统筹累计 210.00，尚余 5,790.00
                  2023-03-10 09:00  d  X
                        80.00
                    未受理：机构不在定点名录。处理：补传 institution.csv 后自动重算
                  2023-03-12 18:05  p  药店
                        30.00                                        30.00      0.00       0.00
                    不属于普通门诊统筹
                  2023-11-11 14:00  k  三级医院，三级
                    20,000.00  20,000.00    0.00   60%  5,790.00      0.00      0.00  14,210.00
                    起付累计 750.00，尚余 0.00；统筹累计 6,000.00，尚余 0.00
                  2023-12-20 10:00  m  三级医院，三级
                        50.00      50.00    0.00   60%      0.00      0.00      0.00      50.00
                    起付累计 750.00，尚余 0.00；统筹累计 6,000.00，尚余 0.00

                  年度累计  4 次，范围内 21,150.00，起付 750.00，统筹支付 6,000.00（与累计账一
                            致）
                  起付标准  750.00，尚余 0.00
                  支付限额  6,000.00，尚余 0.00

                为家人支付（家庭共济，元）
                  时间              就医人        机构和结算                   金额
                  2023-02-15 10:20  某乙（子女）  三级医院 g                  20.00
                  2023-03-20 10:00  某乙（子女）  三级医院 g-refund（退 g）  -20.00
                """)
        #expect(
            try town.text("W", 2023, .english) == """
                Personal account statement, 2023

                  Number        W
                  Name          某甲
                  District      320703
                  Category      employee (2023-12)
                  Year          closed, run 9, 2024-01-02 03:10:11
                  Certificate   c0ffee

                Account (yuan)
                  Posted      Kind               For                            Amount   Balance
                                                 carried forward                            0.00
                  2023-01-31  brought in         balance of 2022-12-31        2,000.00  2,000.00
                  2023-01-31  spending           2023-01-10 三级医院           -850.00  1,150.00
                  2023-01-31  credit             for 2023-01                    100.00  1,250.00
                  2023-02-28  spending           2023-01-10 三级医院,            60.00  1,310.00
                                                 correction
                  2023-02-28  spending           2023-02-10 二级医院            -50.00  1,260.00
                  2023-02-28  spending           2023-02-15 relative: 三级医    -20.00  1,240.00
                                                 院
                  2023-02-28  credit             for 2023-02                    100.00  1,340.00
                  2023-03-31  refund             2023-03-05 二级医院             50.00  1,390.00
                  2023-03-31  spending           2023-03-12 药店                -30.00  1,360.00
                  2023-03-31  premium            2023-03-15 serious illness     -96.00  1,264.00
                                                 premium
                  2023-03-31  refund             2023-03-20 relative: 三级医     20.00  1,284.00
                                                 院
                  2023-03-31  credit taken back  for 2023-02                    -20.00  1,264.00
                  2023-03-31  credit             for 2023-03                    100.00  1,364.00
                  2023-12-31  interest           for 2023                        12.34  1,376.34
                                                 balance at the end                     1,376.34

                Sums of the year (yuan)
                                                     of the lines  of the books
                  Carried forward                            0.00          0.00
                  Brought in from the former system      2,000.00      2,000.00
                  Credits                                  280.00        280.00
                  Interest                                  12.34         12.34
                  Other in                                   0.00          0.00
                  Less payments, net of refunds            820.00        820.00
                  Less other out                            96.00         96.00
                  Balance at the end                     1,376.34      1,376.34
                  Of it prior-year adjustments               0.00          0.00
                  Made of       money of this year 12.34, of last year 0.00, earlier 1,364.00

                Outpatient pooling, benefit year 2023 (yuan)
                        Total   In scope  Deduct.  Rate      Fund  Account  Family       Cash
                  2023-01-05 08:30  e  卫生院, primary
                       100.00     100.00   100.00   70%      0.00     0.00    0.00     100.00
                    deductible used 100.00, left 650.00; fund paid 0.00, left 6,000.00
                  2023-01-10 09:00  a  三级医院, tertiary
                     1,000.00   1,000.00   650.00   60%    210.00   790.00    0.00       0.00
                    deductible used 750.00, left 0.00; fund paid 210.00, left 5,790.00
                  2023-02-10 09:00  b  二级医院, secondary
                       300.00     300.00     0.00   65%    195.00    50.00    0.00      55.00
                    deductible used 750.00, left 0.00; fund paid 405.00, left 5,595.00
                  2023-03-05 11:00  b-refund (refund of b)  二级医院, secondary
                      -300.00    -300.00     0.00   65%   -195.00   -50.00    0.00     -55.00
                    deductible used 750.00, left 0.00; fund paid 210.00, left 5,790.00
                  2023-03-10 09:00  d  X
                        80.00
                    refused: the institution is not designated on the day. What to do: deliver
                    institution.csv; the next night settles anew
                  2023-03-12 18:05  p  药店
                        30.00                                        30.00    0.00       0.00
                    outside ordinary outpatient pooling
                  2023-11-11 14:00  k  三级医院, tertiary
                    20,000.00  20,000.00     0.00   60%  5,790.00     0.00    0.00  14,210.00
                    deductible used 750.00, left 0.00; fund paid 6,000.00, left 0.00
                  2023-12-20 10:00  m  三级医院, tertiary
                        50.00      50.00     0.00   60%      0.00     0.00    0.00      50.00
                    deductible used 750.00, left 0.00; fund paid 6,000.00, left 0.00

                  Year          visits 4, in scope 21,150.00, deductible 750.00, fund paid
                                6,000.00 (as the ledger keeps)
                  Deductible    750.00, left 0.00
                  Ceiling       6,000.00, left 0.00

                Paid for relatives (yuan)
                  Time              Patient       Institution, settlement          Amount
                  2023-02-15 10:20  某乙 (child)  三级医院 g                        20.00
                  2023-03-20 10:00  某乙 (child)  三级医院 g-refund (refund of g)  -20.00
                """)
    }

    @Test func `of an open year ends with the balance so far`() async throws {
        let text = try await StatementTown.settled().text()
        #expect(
            text.hasPrefix(
                """
                个人账户对账单 2023 年度

                  人员编号  W
                  姓名      某甲
                  统筹区    320703
                  类别      在职职工（2023-12）
                  年度      未结账，截至目前结算到 2023-12-31、划入到 2023-12
                """))
        #expect(
            text.contains(
                """
                  2023-03-31  划入        2023-03 缴费                 100.00  1,364.00
                                          余额                                 1,364.00

                本年合计（元）
                                        逐笔合计
                  上年结转                  0.00
                  原系统余额转入        2,000.00
                """))
        #expect(!text.contains("年度账") && !text.contains("余额构成"))
    }

    /// 1376.34 − 5.00 + 790.00 + 100.00 + 100.00 = 2361.34; of it −5.00 + 100.00 = 95.00 adjust 2023.
    @Test func `of the year after begins with the closing and marks what adjusts earlier years`() async throws {
        let town = try await StatementTown.continued()
        #expect(
            try town.text("W", 2024) == """
                个人账户对账单 2024 年度

                  人员编号  W
                  姓名      某甲
                  统筹区    320703
                  类别      在职职工（2024-01）
                  年度      未结账，截至目前结算到 2024-01-31、划入到 2024-01

                个人账户（元）
                  记账        项目      摘要                                 金额      余额
                                        上年结转                                   1,376.34
                  2024-01-31  支出      2023-12-28 三级医院，以前年度调整   -5.00  1,371.34
                  2024-01-31  结算退费  2024-01-15 三级医院                790.00  2,161.34
                  2024-01-31  划入      2023-12 缴费，以前年度调整         100.00  2,261.34
                  2024-01-31  划入      2024-01 缴费                       100.00  2,361.34
                                        以前年度调整小计                    95.00
                                        余额                                       2,361.34

                本年合计（元）
                                        逐笔合计
                  上年结转              1,376.34
                  原系统余额转入            0.00
                  划入                    200.00
                  利息                      0.00
                  其他收入                  0.00
                  减：支付（已扣退费）   -785.00
                  减：其他支出              0.00
                  余额                  2,361.34
                  其中：以前年度调整       95.00

                门诊统筹 2024 待遇年度（元）
                    总费用  范围内    起付  比例   统筹  个人账户  家庭共济    现金
                  2024-01-20 09:00  n  三级医院，三级
                    800.00  800.00  750.00   60%  30.00      0.00      0.00  770.00
                    起付累计 750.00，尚余 0.00；统筹累计 30.00，尚余 5,970.00

                  年度累计  1 次，范围内 800.00，起付 750.00，统筹支付 30.00（与累计账一致）
                  起付标准  750.00，尚余 0.00
                  支付限额  6,000.00，尚余 5,970.00
                """)
        #expect(
            try town.text("W", 2024, .english) == """
                Personal account statement, 2024

                  Number        W
                  Name          某甲
                  District      320703
                  Category      employee (2024-01)
                  Year          not closed, as of now settled through 2024-01-31, credited
                                through 2024-01

                Account (yuan)
                  Posted      Kind      For                                 Amount   Balance
                                        carried forward                             1,376.34
                  2024-01-31  spending  2023-12-28 三级医院, prior-year      -5.00  1,371.34
                                        adjustment
                  2024-01-31  refund    2024-01-15 三级医院                 790.00  2,161.34
                  2024-01-31  credit    for 2023-12, prior-year adjustment  100.00  2,261.34
                  2024-01-31  credit    for 2024-01                         100.00  2,361.34
                                        prior-year adjustments               95.00
                                        balance                                     2,361.34

                Sums of the year (yuan)
                                                     of the lines
                  Carried forward                        1,376.34
                  Brought in from the former system          0.00
                  Credits                                  200.00
                  Interest                                   0.00
                  Other in                                   0.00
                  Less payments, net of refunds           -785.00
                  Less other out                             0.00
                  Balance                                2,361.34
                  Of it prior-year adjustments              95.00

                Outpatient pooling, benefit year 2024 (yuan)
                     Total  In scope  Deduct.  Rate   Fund  Account  Family    Cash
                  2024-01-20 09:00  n  三级医院, tertiary
                    800.00    800.00   750.00   60%  30.00     0.00    0.00  770.00
                    deductible used 750.00, left 0.00; fund paid 30.00, left 5,970.00

                  Year          visits 1, in scope 800.00, deductible 750.00, fund paid 30.00
                                (as the ledger keeps)
                  Deductible    750.00, left 0.00
                  Ceiling       6,000.00, left 5,970.00
                """)
    }

    /// Deductible 100.00 + 650.00 − 650.00; the fund 6000.00 − 210.00. The account of the closed year stays.
    @Test func `of a closed year shows what its settlements came to since`() async throws {
        let town = try await StatementTown.closed()
        let before = try town.text()
        try await town.settleJanuaryOf2024()
        let after = try town.text()
        let pooling = "门诊统筹 2023 待遇年度（元）"
        #expect(after.split(separator: pooling).first == before.split(separator: pooling).first)
        #expect(
            after.contains(
                """
                  2023-12-28 16:00  f  三级医院，三级
                        10.00      10.00     0.00   60%      0.00      5.00      0.00       5.00
                    起付累计 750.00，尚余 0.00；统筹累计 6,000.00，尚余 0.00
                  2024-01-15 09:00  a-refund（退费，原结算 a）  三级医院，三级
                    -1,000.00  -1,000.00  -650.00   60%   -210.00   -790.00      0.00       0.00
                    起付累计 100.00，尚余 650.00；统筹累计 5,790.00，尚余 210.00

                  年度累计  4 次，范围内 20,160.00，起付 100.00，统筹支付 5,790.00（与累计账一
                            致）
                  起付标准  750.00，尚余 650.00
                  支付限额  6,000.00，尚余 210.00
                """))
    }

    @Test func `begins with the sum of what was posted where the year before is not closed`() async throws {
        let town = try await StatementTown.settled()
        try await town.settleJanuaryOf2024()
        let statement = try town.ask("W", 2024)
        #expect(!statement.account.isOpeningCarried)
        #expect(statement.account.sums[.opening].rawValue == 1_364_00)
        #expect(
            try town.text("W", 2024).contains("  上年余额（上年未结账）                     1,364.00\n"))
    }

    /// G's account never moved; the visit and its refund come to nothing.
    @Test func `of a person without an account states the settlements`() async throws {
        let text = try await StatementTown.closed().text("G")
        #expect(
            text.contains(
                """
                  2023-02-15 10:20  g  三级医院，三级
                     40.00   40.00   40.00   60%  0.00      0.00     20.00   20.00
                    起付累计 40.00，尚余 710.00；统筹累计 0.00，尚余 6,000.00
                """), "\(text)")
    }

    @Test func `prints at most 80 columns, and in English nothing in Chinese but names and articles`() async throws {
        let town = try await StatementTown.continued()
        for (person, year) in [("W", 2023), ("W", 2024), ("G", 2023)] {
            for language in ExplainLanguage.allCases {
                for line in try town.text(person, year, language).split(separator: "\n") {
                    #expect(displayWidth(String(line)) <= 80, "\(line)")
                }
            }
            // A name may be cut at the end of a line, so its characters are looked at one by one.
            let names = Set("某甲乙三级医院二级医院卫生院药店".unicodeScalars)
            let rest = try town.text(person, year, .english).unicodeScalars.filter { $0.value >= 0x2E80 }
            #expect(Set(rest).subtracting(names) == [])
        }
    }
}
