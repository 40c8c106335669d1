import Testing

@testable import settle

@Suite(.serialized, .loadDatabase) struct `The clerk explains a settlement` {
    @Test func `945.00 in scope less 750.00 is 195.00, of which a tertiary hospital's patient gets 60 %: 117.00`()
        async throws
    {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "s1", .chinese) == """
                结算 s1：统筹基金支付 117.00 元

                  时间      2023-03-05 10:20:00，计入 2023 年度
                  机构      H3，三级（依据：连政办发〔2022〕73号 二（一））
                  类别      在职职工，自 2020-07 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2020-07-01 起在职职工
                  此前      本年度已用起付标准 0.00，统筹基金已支付 0.00，已结算 0 次

                  1  符合政策范围的金额                                               945.00
                     总费用 1,045.00 − 全自费 50.00 − 超限价 20.00 − 先行自付 30.00
                     依据：inscp_scp_amt
                  2  减去起付标准                                                     750.00
                     标准 750.00（按自然年度），此前已用 0.00，本次扣除 750.00
                     依据：连政办发〔2022〕73号 二（一）
                  3  按支付比例计算                                                   117.00
                     (945.00 − 750.00) × 60% = 117.00
                     依据：连政办发〔2022〕73号 二（一）
                  4  统筹基金支付                                                     117.00
                     最高支付限额 6,000.00，此前已计 0.00，尚余 6,000.00，没有超过
                     依据：连政办发〔2022〕73号 二（一）
                  5  其余由个人负担                                                   928.00
                     总费用 1,045.00 − 统筹基金 117.00
                     个人账户 500.00，家庭共济账户 0.00，现金 428.00
                     依据：连政办发〔2022〕73号 二（五）

                  此后退费  r1，2023-04-05 10:20:00，统筹基金收回 117.00
                  机构上报  与应付没有差异
                  版本      第 1 版，2023-03-31 夜间批（运行 1），首次结算：统筹支付 117.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "s1", .english) == """
                Settlement s1: the pooling fund pays 117.00 yuan

                  Time          2023-03-05 10:20:00, benefit year 2023
                  Institution   H3, tertiary level (by 连政办发〔2022〕73号 二（一）)
                  Category      employee since 2020-07 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2020-07-01
                  Before        deductible used in the year 0.00, paid by the fund 0.00, visits
                                settled 0

                  1  In-scope amount                                                  945.00
                     total 1,045.00 − self-paid 50.00 − over limit 20.00 − advance 30.00
                     By inscp_scp_amt
                  2  Less the deductible                                              750.00
                     standard 750.00 (calendar year), used before 0.00, deducted now 750.00
                     By 连政办发〔2022〕73号 二（一）
                  3  At the rate of category and level                                117.00
                     (945.00 − 750.00) × 60% = 117.00
                     By 连政办发〔2022〕73号 二（一）
                  4  The pooling fund pays                                            117.00
                     ceiling 6,000.00 a year, counted before 0.00, left 6,000.00, not exceeded
                     By 连政办发〔2022〕73号 二（一）
                  5  The person bears the rest                                        928.00
                     total 1,045.00 − pooling fund 117.00
                     own account 500.00, family account 0.00, cash 428.00
                     By 连政办发〔2022〕73号 二（五）

                  Refunded      r1, 2023-04-05 10:20:00, fund takes back 117.00
                  Counter       no difference with what is due
                  Revisions     1, night of 2023-03-31 (run 1), first settled: fund pays 117.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }

    @Test func `a pharmacy is paid at the level of the prescriber, and the counter reported something else`()
        async throws
    {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "s2", .chinese) == """
                结算 s2：统筹基金支付 65.01 元

                  时间      2023-03-06 09:00:00，计入 2023 年度
                  机构      药店 P1，级别随开具处方的 H2：二级（依据：连政办发〔2022〕73号
                            二（一））
                  类别      在职职工，自 2020-07 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2020-07-01 起在职职工
                  此前      本年度已用起付标准 750.00，统筹基金已支付 117.00，已结算 1 次

                  1  符合政策范围的金额                                               100.01
                     总费用 100.01 − 全自费 0.00 − 超限价 0.00 − 先行自付 0.00
                     依据：inscp_scp_amt
                  2  减去起付标准                                                       0.00
                     标准 750.00（按自然年度），此前已用 750.00，本次扣除 0.00
                     依据：连政办发〔2022〕73号 二（一）
                  3  按支付比例计算                                                    65.01
                     (100.01 − 0.00) × 65% = 65.01（四舍五入到分）
                     依据：连政办发〔2022〕73号 二（一）
                  4  统筹基金支付                                                      65.01
                     最高支付限额 6,000.00，此前已计 117.00，尚余 5,883.00，没有超过
                     依据：连政办发〔2022〕73号 二（一）
                  5  其余由个人负担                                                    35.00
                     总费用 100.01 − 统筹基金 65.01
                     个人账户 0.00，家庭共济账户 0.00，现金 35.00
                     依据：连政办发〔2022〕73号 二（五）

                  机构上报  统筹基金（hifp_pay）上报 60.00，应为 65.01（待处理）
                            现金（psn_cash_pay）上报 40.01，应为 35.00（待处理）
                  版本      第 1 版，2023-03-31 夜间批（运行 1），首次结算：统筹支付 65.01
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "s2", .english) == """
                Settlement s2: the pooling fund pays 65.01 yuan

                  Time          2023-03-06 09:00:00, benefit year 2023
                  Institution   pharmacy P1, at the level of the prescriber H2: secondary level
                                (by 连政办发〔2022〕73号 二（一）)
                  Category      employee since 2020-07 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2020-07-01
                  Before        deductible used in the year 750.00, paid by the fund 117.00,
                                visits settled 1

                  1  In-scope amount                                                  100.01
                     total 100.01 − self-paid 0.00 − over limit 0.00 − advance 0.00
                     By inscp_scp_amt
                  2  Less the deductible                                                0.00
                     standard 750.00 (calendar year), used before 750.00, deducted now 0.00
                     By 连政办发〔2022〕73号 二（一）
                  3  At the rate of category and level                                 65.01
                     (100.01 − 0.00) × 65% = 65.01 (rounded half up to the fen)
                     By 连政办发〔2022〕73号 二（一）
                  4  The pooling fund pays                                             65.01
                     ceiling 6,000.00 a year, counted before 117.00, left 5,883.00, not exceeded
                     By 连政办发〔2022〕73号 二（一）
                  5  The person bears the rest                                         35.00
                     total 100.01 − pooling fund 65.01
                     own account 0.00, family account 0.00, cash 35.00
                     By 连政办发〔2022〕73号 二（五）

                  Counter       pooling fund (hifp_pay) reported 60.00, due 65.01 (open)
                                cash (psn_cash_pay) reported 40.01, due 35.00 (open)
                  Revisions     1, night of 2023-03-31 (run 1), first settled: fund pays 65.01
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }

    @Test func `above the ceiling the fund pays what is left of it`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "k2", .chinese) == """
                结算 k2：统筹基金支付 450.00 元

                  时间      2023-03-06 10:20:00，计入 2023 年度
                  机构      H3，三级（依据：连政办发〔2022〕73号 二（一））
                  类别      灵活就业人员，自 2015-01 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2015-01-01 起灵活就业人员
                  此前      本年度已用起付标准 750.00，统筹基金已支付 5,550.00，已结算 1 次

                  1  符合政策范围的金额                                             2,000.00
                     总费用 2,000.00 − 全自费 0.00 − 超限价 0.00 − 先行自付 0.00
                     依据：inscp_scp_amt
                  2  减去起付标准                                                       0.00
                     标准 750.00（按自然年度），此前已用 750.00，本次扣除 0.00
                     依据：连政办发〔2022〕73号 二（一）
                  3  按支付比例计算                                                 1,200.00
                     (2,000.00 − 0.00) × 60% = 1,200.00
                     依据：连政办发〔2022〕73号 二（一）
                  4  统筹基金支付                                                     450.00
                     最高支付限额 6,000.00，此前已计 5,550.00，尚余 450.00，超出的 750.00 不支付
                     依据：连政办发〔2022〕73号 二（一）
                  5  其余由个人负担                                                 1,550.00
                     总费用 2,000.00 − 统筹基金 450.00
                     个人账户 0.00，家庭共济账户 0.00，现金 1,550.00
                     依据：连政办发〔2022〕73号 二（五）

                  机构上报  没有上报统筹支付，其余没有差异
                  版本      第 1 版，2023-03-31 夜间批（运行 1），首次结算：统筹支付 450.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "k2", .english) == """
                Settlement k2: the pooling fund pays 450.00 yuan

                  Time          2023-03-06 10:20:00, benefit year 2023
                  Institution   H3, tertiary level (by 连政办发〔2022〕73号 二（一）)
                  Category      flexible worker since 2015-01 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     flexible worker from 2015-01-01
                  Before        deductible used in the year 750.00, paid by the fund 5,550.00,
                                visits settled 1

                  1  In-scope amount                                                2,000.00
                     total 2,000.00 − self-paid 0.00 − over limit 0.00 − advance 0.00
                     By inscp_scp_amt
                  2  Less the deductible                                                0.00
                     standard 750.00 (calendar year), used before 750.00, deducted now 0.00
                     By 连政办发〔2022〕73号 二（一）
                  3  At the rate of category and level                              1,200.00
                     (2,000.00 − 0.00) × 60% = 1,200.00
                     By 连政办发〔2022〕73号 二（一）
                  4  The pooling fund pays                                            450.00
                     ceiling 6,000.00 a year, counted before 5,550.00, left 450.00, the 750.00
                     beyond it are not paid
                     By 连政办发〔2022〕73号 二（一）
                  5  The person bears the rest                                      1,550.00
                     total 2,000.00 − pooling fund 450.00
                     own account 0.00, family account 0.00, cash 1,550.00
                     By 连政办发〔2022〕73号 二（五）

                  Counter       did not report the fund's payment; no other difference
                  Revisions     1, night of 2023-03-31 (run 1), first settled: fund pays 450.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }

    @Test func `a settlement that arrived late changed one of an earlier night`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "l2", .chinese) == """
                结算 l2：统筹基金支付 90.00 元

                  时间      2023-03-20 10:20:00，计入 2023 年度
                  机构      H3，三级（依据：连政办发〔2022〕73号 二（一））
                  类别      在职职工，自 2015-01 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2015-01-01 起在职职工
                  此前      本年度已用起付标准 100.00，统筹基金已支付 0.00，已结算 1 次

                  1  符合政策范围的金额                                               800.00
                     总费用 800.00 − 全自费 0.00 − 超限价 0.00 − 先行自付 0.00
                     依据：inscp_scp_amt
                  2  减去起付标准                                                     650.00
                     标准 750.00（按自然年度），此前已用 100.00，本次扣除 650.00
                     依据：连政办发〔2022〕73号 二（一）
                  3  按支付比例计算                                                    90.00
                     (800.00 − 650.00) × 60% = 90.00
                     依据：连政办发〔2022〕73号 二（一）
                  4  统筹基金支付                                                      90.00
                     最高支付限额 6,000.00，此前已计 0.00，尚余 6,000.00，没有超过
                     依据：连政办发〔2022〕73号 二（一）
                  5  其余由个人负担                                                   710.00
                     总费用 800.00 − 统筹基金 90.00
                     个人账户 0.00，家庭共济账户 0.00，现金 710.00
                     依据：连政办发〔2022〕73号 二（五）

                  机构上报  没有上报统筹支付，其余没有差异
                  版本      第 1 版，2023-03-31 夜间批（运行 1），首次结算：统筹支付 30.00
                            第 2 版，2023-06-30 夜间批（运行 2），迟到的结算使年度重算：统筹支付
                            90.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "l2", .english) == """
                Settlement l2: the pooling fund pays 90.00 yuan

                  Time          2023-03-20 10:20:00, benefit year 2023
                  Institution   H3, tertiary level (by 连政办发〔2022〕73号 二（一）)
                  Category      employee since 2015-01 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2015-01-01
                  Before        deductible used in the year 100.00, paid by the fund 0.00,
                                visits settled 1

                  1  In-scope amount                                                  800.00
                     total 800.00 − self-paid 0.00 − over limit 0.00 − advance 0.00
                     By inscp_scp_amt
                  2  Less the deductible                                              650.00
                     standard 750.00 (calendar year), used before 100.00, deducted now 650.00
                     By 连政办发〔2022〕73号 二（一）
                  3  At the rate of category and level                                 90.00
                     (800.00 − 650.00) × 60% = 90.00
                     By 连政办发〔2022〕73号 二（一）
                  4  The pooling fund pays                                             90.00
                     ceiling 6,000.00 a year, counted before 0.00, left 6,000.00, not exceeded
                     By 连政办发〔2022〕73号 二（一）
                  5  The person bears the rest                                        710.00
                     total 800.00 − pooling fund 90.00
                     own account 0.00, family account 0.00, cash 710.00
                     By 连政办发〔2022〕73号 二（五）

                  Counter       did not report the fund's payment; no other difference
                  Revisions     1, night of 2023-03-31 (run 1), first settled: fund pays 30.00
                                2, night of 2023-06-30 (run 2), anew for a late settlement: fund
                                pays 90.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }
}
