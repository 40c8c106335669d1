import Testing

@testable import settle

@Suite(.serialized, .loadDatabase) struct `The clerk explains the credit of a month` {
    @Test func `of a worker: 2 % of each base, a difference that came later in the books of its own month`()
        async throws
    {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(person: "worker", "2023-05", .chinese) == """
                2023-05 个人账户计入 130.01 元

                  类别      在职职工，自 2020-07 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2020-07-01 起在职职工

                  1  缴费 c1，正常缴费（10），2023-05-10 到账                         120.00
                     缴费基数 6,000.00 × 2% = 120.00
                     依据：连政办发〔2022〕73号 二（四）
                  2  缴费 c3，基数补差（34），2023-06-15 到账                          10.01
                     缴费基数 500.25 × 2% = 10.01（四舍五入到分）
                     依据：连政办发〔2022〕73号 二（四）
                  3  缴费 c4，费率补差（35），2023-06-15 到账                           0.00
                     该征缴类型不计入个人账户

                  账上      120.00，缴费 c1，2023-05 月末（运行 3），记入 2023-05 账
                            依据：连政办发〔2022〕73号 二（四）
                            10.01，缴费 c3，2023-06 月末（运行 4），记入 2023-06 账
                            依据：连政办发〔2022〕73号 二（四）
                  核对      账上合计 130.01，与重算一致；事实截至 2023-06 月末（运行 4）。
                """)
        #expect(
            try city.text(person: "worker", "2023-05", .english) == """
                Credit for 2023-05: 130.01 yuan

                  Category      employee since 2020-07 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2020-07-01

                  1  Contribution c1, normal payment (10), received 2023-05-10        120.00
                     base 6,000.00 × 2% = 120.00
                     By 连政办发〔2022〕73号 二（四）
                  2  Contribution c3, base difference (34), received 2023-06-15        10.01
                     base 500.25 × 2% = 10.01 (rounded half up to the fen)
                     By 连政办发〔2022〕73号 二（四）
                  3  Contribution c4, rate difference (35), received 2023-06-15         0.00
                     this type of collection is not credited

                  Ledger        120.00, contribution c1, month-end 2023-05 (run 3), books of
                                2023-05
                                by 连政办发〔2022〕73号 二（四）
                                10.01, contribution c3, month-end 2023-06 (run 4), books of
                                2023-06
                                by 连政办发〔2022〕73号 二（四）
                  Check         the ledger's 130.01 agree; facts as of month-end 2023-06 (run
                                4).
                """)
    }

    @Test func `of a retiree: a twelfth of the own level of 2022`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(person: "retiree", "2023-05", .chinese) == """
                2023-05 个人账户计入 83.33 元

                  类别      退休人员，自 2010-04 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  1990-01-01 起在职职工；2010-03-15 起退休人员

                  1  退休人员按本人 2022 年水平                                        83.33
                     2022 年全年计入 1,000.00 ÷ 12 = 83.33
                     依据：连政办发〔2022〕73号 二（四）

                  账上      83.33，退休人员计入，2023-05 月末（运行 3），记入 2023-05 账
                            依据：连政办发〔2022〕73号 二（四）
                  核对      账上合计 83.33，与重算一致；事实截至 2023-06 月末（运行 4）。
                """)
        #expect(
            try city.text(person: "retiree", "2023-05", .english) == """
                Credit for 2023-05: 83.33 yuan

                  Category      retiree since 2010-04 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 1990-01-01; retiree from 2010-03-15

                  1  Retiree at the own level of 2022                                  83.33
                     credited in 2022: 1,000.00 ÷ 12 = 83.33
                     By 连政办发〔2022〕73号 二（四）

                  Ledger        83.33, retiree's credit, month-end 2023-05 (run 3), books of
                                2023-05
                                by 连政办发〔2022〕73号 二（四）
                  Check         the ledger's 83.33 agree; facts as of month-end 2023-06 (run 4).
                """)
    }

    @Test func `of a retiree without an own level, who still paid as a worker`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(person: "no-level", "2023-05", .chinese) == """
                2023-05 个人账户计入 0.00 元

                  类别      退休人员，自 2023-05 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  1990-01-01 起在职职工；2023-04-20 起退休人员
                  原因      无本人改革前划入水平（no_own_level）
                  处理      由经办机构核定后补传 fixed_credit.csv

                  1  缴费 c2，正常缴费（10），2023-05-10 到账                           0.00
                     未计入：所属月份已退休（retired）
                     处理：核对退休时间；多缴的费用办理退费

                  账上      没有该月的计入
                  核对      账上合计 0.00，与重算一致；事实截至 2023-06 月末（运行 4）。
                """)
        #expect(
            try city.text(person: "no-level", "2023-05", .english) == """
                Credit for 2023-05: 0.00 yuan

                  Category      retiree since 2023-05 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 1990-01-01; retiree from 2023-04-20
                  Reason        no own level of the year before the reform (no_own_level)
                  What to do    the office determines it and delivers fixed_credit.csv

                  1  Contribution c2, normal payment (10), received 2023-05-10          0.00
                     not credited: retired in the month (retired)
                     What to do: check the date of retirement; what was paid too much is given
                     back

                  Ledger        no credit for the month
                  Check         the ledger's 0.00 agree; facts as of month-end 2023-06 (run 4).
                """)
    }

    @Test func `of a worker who has not paid`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(person: "unpaid", "2023-05", .chinese) == """
                2023-05 个人账户计入 0.00 元

                  类别      在职职工，自 2015-01 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2015-01-01 起在职职工
                  原因      当月无到账缴费（unpaid）
                  处理      催缴；到账后自动补记

                  账上      没有该月的计入
                  核对      账上合计 0.00，与重算一致；事实截至 2023-06 月末（运行 4）。
                """)
        #expect(
            try city.text(person: "unpaid", "2023-05", .english) == """
                Credit for 2023-05: 0.00 yuan

                  Category      employee since 2015-01 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2015-01-01
                  Reason        no contribution has been received for the month (unpaid)
                  What to do    collect it; once received, the next month-end makes up for it

                  Ledger        no credit for the month
                  Check         the ledger's 0.00 agree; facts as of month-end 2023-06 (run 4).
                """)
    }

    @Test func `of a person who has left`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(person: "left", "2023-05", .chinese) == """
                2023-05 个人账户计入 0.00 元

                  类别      未参保（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2015-01-01 至 2023-02-28 在职职工
                  原因      当月未参保，没有应计入的金额

                  账上      没有该月的计入
                  核对      账上合计 0.00，与重算一致；事实截至 2023-06 月末（运行 4）。
                """)
        #expect(
            try city.text(person: "left", "2023-05", .english) == """
                Credit for 2023-05: 0.00 yuan

                  Category      not enrolled (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2015-01-01 to 2023-02-28
                  Reason        not enrolled in the month, nothing is due

                  Ledger        no credit for the month
                  Check         the ledger's 0.00 agree; facts as of month-end 2023-06 (run 4).
                """)
    }

    @Test func `that has not been settled`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(person: "worker", "2023-07", .chinese) == """
                2023-07 个人账户计入 0.00 元

                  类别      在职职工，自 2020-07 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2020-07-01 起在职职工
                  原因      2023-07 还没有月末划账

                  账上      没有该月的计入
                  核对      账上合计 0.00，与重算一致；事实截至 2023-06 月末（运行 4）。
                """)
        #expect(
            try city.text(person: "worker", "2023-07", .english) == """
                Credit for 2023-07: 0.00 yuan

                  Category      employee since 2020-07 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2020-07-01
                  Reason        2023-07 has not been settled yet

                  Ledger        no credit for the month
                  Check         the ledger's 0.00 agree; facts as of month-end 2023-06 (run 4).
                """)
    }

    @Test func `before the first rule`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(person: "worker", "2022-12", .chinese) == """
                2022-12 个人账户计入 0.00 元

                  类别      在职职工，自 2020-07 起
                  参保登记  2020-07-01 起在职职工
                  原因      所属月份无规则（no_rule）
                  处理      由政策部门补充该月份的规则，或退回该笔缴费

                  账上      没有该月的计入
                  核对      账上合计 0.00，与重算一致；事实截至 2023-06 月末（运行 4）。
                """)
        #expect(
            try city.text(person: "worker", "2022-12", .english) == """
                Credit for 2022-12: 0.00 yuan

                  Category      employee since 2020-07
                  Enrolment     employee from 2020-07-01
                  Reason        no rule covers the month (no_rule)
                  What to do    the policy department supplies the rule of the month, or the
                                contribution is given back

                  Ledger        no credit for the month
                  Check         the ledger's 0.00 agree; facts as of month-end 2023-06 (run 4).
                """)
    }
}
