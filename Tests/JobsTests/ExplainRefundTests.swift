import Testing

@testable import settle

@Suite(.serialized, .loadDatabase) struct `The clerk explains a refund` {
    @Test func `of the whole: what the original got is taken back, and later settlements keep theirs`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "r1", .chinese) == """
                退费 r1：统筹基金收回 117.00 元

                  时间      2023-04-05 10:20:00，计入 2023 年度
                  机构      H3，三级（依据：连政办发〔2022〕73号 二（一））
                  类别      在职职工，自 2020-07 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2020-07-01 起在职职工

                  原结算    s1，2023-03-05 10:20:00，整笔退费，得到多少收回多少

                                           退费前  退费后  本次收回
                     总费用              1,045.00    0.00  1,045.00
                     符合政策范围的金额    945.00    0.00    945.00
                     已扣起付标准          750.00    0.00    750.00
                     统筹基金              117.00    0.00    117.00
                     个人账户              500.00    0.00    500.00
                     家庭共济账户            0.00    0.00      0.00
                     现金                  428.00    0.00    428.00
                     依据：连政办发〔2022〕73号 二（一）
                     结算 s2 的统筹支付 65.01 不变（若没有所退费用应为 0.00）

                  机构上报  没有上报统筹支付，其余没有差异
                  版本      第 1 版，2023-06-30 夜间批（运行 2），首次结算：统筹支付 -117.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "r1", .english) == """
                Refund r1: the pooling fund takes back 117.00 yuan

                  Time          2023-04-05 10:20:00, benefit year 2023
                  Institution   H3, tertiary level (by 连政办发〔2022〕73号 二（一）)
                  Category      employee since 2020-07 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2020-07-01

                  Original      s1, 2023-03-05 10:20:00, refunded whole: what it got is taken
                                back

                                        before  after  taken back
                     total            1,045.00   0.00    1,045.00
                     in-scope amount    945.00   0.00      945.00
                     deductible used    750.00   0.00      750.00
                     pooling fund       117.00   0.00      117.00
                     own account        500.00   0.00      500.00
                     family account       0.00   0.00        0.00
                     cash               428.00   0.00      428.00
                     By 连政办发〔2022〕73号 二（一）
                     settlement s2 keeps its fund payment of 65.01 (without what is refunded it
                     would be 0.00)

                  Counter       did not report the fund's payment; no other difference
                  Revisions     1, night of 2023-06-30 (run 2), first settled: fund pays -117.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }

    @Test func `of a part: what is left is settled anew as of its own time`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "r2", .chinese) == """
                退费 r2：统筹基金收回 60.00 元

                  时间      2023-04-05 10:20:00，计入 2023 年度
                  机构      H3，三级（依据：连政办发〔2022〕73号 二（一））
                  类别      在职职工，自 2015-01 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2015-01-01 起在职职工

                  原结算    p1，2023-03-05 10:20:00，部分退费，余下的费用 845.00 按原结算当时的
                            累计重新计算，收回差额

                                         退费前  退费后  本次收回
                     总费用              945.00  845.00    100.00
                     符合政策范围的金额  945.00  845.00    100.00
                     已扣起付标准        750.00  750.00      0.00
                     统筹基金            117.00   57.00     60.00
                     个人账户              0.00    0.00      0.00
                     家庭共济账户          0.00    0.00      0.00
                     现金                828.00  788.00     40.00
                     依据：连政办发〔2022〕73号 二（一）

                  1  符合政策范围的金额                                               845.00
                     总费用 845.00 − 全自费 0.00 − 超限价 0.00 − 先行自付 0.00
                     依据：inscp_scp_amt
                  2  减去起付标准                                                     750.00
                     标准 750.00（按自然年度），此前已用 0.00，本次扣除 750.00
                     依据：连政办发〔2022〕73号 二（一）
                  3  按支付比例计算                                                    57.00
                     (845.00 − 750.00) × 60% = 57.00
                     依据：连政办发〔2022〕73号 二（一）
                  4  统筹基金支付                                                      57.00
                     最高支付限额 6,000.00，此前已计 0.00，尚余 6,000.00，没有超过
                     依据：连政办发〔2022〕73号 二（一）
                  5  其余由个人负担                                                   788.00
                     总费用 845.00 − 统筹基金 57.00
                     个人账户 0.00，家庭共济账户 0.00，现金 788.00
                     依据：连政办发〔2022〕73号 二（五）

                  机构上报  没有上报统筹支付，其余没有差异
                  版本      第 1 版，2023-06-30 夜间批（运行 2），首次结算：统筹支付 -60.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "r2", .english) == """
                Refund r2: the pooling fund takes back 60.00 yuan

                  Time          2023-04-05 10:20:00, benefit year 2023
                  Institution   H3, tertiary level (by 连政办发〔2022〕73号 二（一）)
                  Category      employee since 2015-01 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2015-01-01

                  Original      p1, 2023-03-05 10:20:00, refunded in part: the 845.00 left are
                                settled anew as of its own time, and the difference is taken
                                back

                                      before   after  taken back
                     total            945.00  845.00      100.00
                     in-scope amount  945.00  845.00      100.00
                     deductible used  750.00  750.00        0.00
                     pooling fund     117.00   57.00       60.00
                     own account        0.00    0.00        0.00
                     family account     0.00    0.00        0.00
                     cash             828.00  788.00       40.00
                     By 连政办发〔2022〕73号 二（一）

                  1  In-scope amount                                                  845.00
                     total 845.00 − self-paid 0.00 − over limit 0.00 − advance 0.00
                     By inscp_scp_amt
                  2  Less the deductible                                              750.00
                     standard 750.00 (calendar year), used before 0.00, deducted now 750.00
                     By 连政办发〔2022〕73号 二（一）
                  3  At the rate of category and level                                 57.00
                     (845.00 − 750.00) × 60% = 57.00
                     By 连政办发〔2022〕73号 二（一）
                  4  The pooling fund pays                                             57.00
                     ceiling 6,000.00 a year, counted before 0.00, left 6,000.00, not exceeded
                     By 连政办发〔2022〕73号 二（一）
                  5  The person bears the rest                                        788.00
                     total 845.00 − pooling fund 57.00
                     own account 0.00, family account 0.00, cash 788.00
                     By 连政办发〔2022〕73号 二（五）

                  Counter       did not report the fund's payment; no other difference
                  Revisions     1, night of 2023-06-30 (run 2), first settled: fund pays -60.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }

    @Test func `of a sale outside pooling: the account gets back what it paid`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "r4", .chinese) == """
                退费 r4：不属于普通门诊统筹

                  时间      2023-04-05 11:00:00，计入 2023 年度
                  机构      P1
                  类别      在职职工，自 2020-07 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2020-07-01 起在职职工

                  原因      药店购药（医疗类别 41）没有关联定点医疗机构的处方
                  依据      连政办发〔2022〕73号 二（一）

                  原结算    s3，2023-03-07 09:00:00，整笔退费，得到多少收回多少

                                         退费前  退费后  本次收回
                     总费用               30.00    0.00     30.00
                     符合政策范围的金额    0.00    0.00      0.00
                     已扣起付标准          0.00    0.00      0.00
                     统筹基金              0.00    0.00      0.00
                     个人账户             20.00    0.00     20.00
                     家庭共济账户          0.00    0.00      0.00
                     现金                 10.00    0.00     10.00
                     依据：连政办发〔2022〕73号

                  版本      第 1 版，2023-06-30 夜间批（运行 2），首次结算：统筹支付 0.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "r4", .english) == """
                Refund r4: outside ordinary outpatient pooling

                  Time          2023-04-05 11:00:00, benefit year 2023
                  Institution   P1
                  Category      employee since 2020-07 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2020-07-01

                  Reason        a pharmacy sale (medical type 41) without a prescription of an
                                institution
                  By            连政办发〔2022〕73号 二（一）

                  Original      s3, 2023-03-07 09:00:00, refunded whole: what it got is taken
                                back

                                      before  after  taken back
                     total             30.00   0.00       30.00
                     in-scope amount    0.00   0.00        0.00
                     deductible used    0.00   0.00        0.00
                     pooling fund       0.00   0.00        0.00
                     own account       20.00   0.00       20.00
                     family account     0.00   0.00        0.00
                     cash              10.00   0.00       10.00
                     By 连政办发〔2022〕73号

                  Revisions     1, night of 2023-06-30 (run 2), first settled: fund pays 0.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }
}
