import Testing

@testable import settle

@Suite(.serialized, .loadDatabase) struct `The clerk explains why the fund pays nothing` {
    @Test func `a pharmacy sale without a prescription is outside`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "s3", .chinese) == """
                结算 s3：不属于普通门诊统筹

                  时间      2023-03-07 09:00:00，计入 2023 年度
                  机构      P1
                  类别      在职职工，自 2020-07 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2020-07-01 起在职职工

                  原因      药店购药（医疗类别 41）没有关联定点医疗机构的处方
                  依据      连政办发〔2022〕73号 二（一）
                  处理      有处方的，由药店退费后关联处方（rx_fixmedins_code）重新结算

                  1  由个人负担                                                        30.00
                     总费用 30.00 − 统筹基金 0.00
                     个人账户 20.00，家庭共济账户 0.00，现金 10.00
                     依据：连政办发〔2022〕73号 二（五）

                  此后退费  r4，2023-04-05 11:00:00，统筹基金收回 0.00
                  版本      第 1 版，2023-03-31 夜间批（运行 1），首次结算：统筹支付 0.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "s3", .english) == """
                Settlement s3: outside ordinary outpatient pooling

                  Time          2023-03-07 09:00:00, benefit year 2023
                  Institution   P1
                  Category      employee since 2020-07 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2020-07-01

                  Reason        a pharmacy sale (medical type 41) without a prescription of an
                                institution
                  By            连政办发〔2022〕73号 二（一）
                  What to do    if there is a prescription, the pharmacy refunds the sale and
                                settles it again with rx_fixmedins_code

                  1  Borne by the person                                               30.00
                     total 30.00 − pooling fund 0.00
                     own account 20.00, family account 0.00, cash 10.00
                     By 连政办发〔2022〕73号 二（五）

                  Refunded      r4, 2023-04-05 11:00:00, fund takes back 0.00
                  Revisions     1, night of 2023-03-31 (run 1), first settled: fund pays 0.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }

    @Test func `a benefit of its own is outside`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "s4", .chinese) == """
                结算 s4：不属于普通门诊统筹

                  时间      2023-03-08 09:00:00，计入 2023 年度
                  机构      H3
                  类别      在职职工，自 2020-07 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2020-07-01 起在职职工

                  原因      医疗类别 140104 有单独的待遇（门诊慢特病、住院等），不进普通门诊统筹
                  依据      连政办发〔2022〕73号 二（二）
                  处理      按该项待遇办理

                  1  由个人负担                                                        30.00
                     总费用 30.00 − 统筹基金 0.00
                     个人账户 0.00，家庭共济账户 0.00，现金 30.00
                     依据：连政办发〔2022〕73号 二（五）

                  版本      第 1 版，2023-03-31 夜间批（运行 1），首次结算：统筹支付 0.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "s4", .english) == """
                Settlement s4: outside ordinary outpatient pooling

                  Time          2023-03-08 09:00:00, benefit year 2023
                  Institution   H3
                  Category      employee since 2020-07 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2020-07-01

                  Reason        medical type 140104 has a benefit of its own (chronic disease,
                                inpatient, ...)
                  By            连政办发〔2022〕73号 二（二）
                  What to do    settle it by the rules of that benefit

                  1  Borne by the person                                               30.00
                     total 30.00 − pooling fund 0.00
                     own account 0.00, family account 0.00, cash 30.00
                     By 连政办发〔2022〕73号 二（五）

                  Revisions     1, night of 2023-03-31 (run 1), first settled: fund pays 0.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }

    @Test func `who is not enrolled is refused, whatever the counter reported`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "s5", .chinese) == """
                结算 s5：未受理，结算日未参保

                  时间      2023-03-05 10:20:00，计入 2023 年度
                  机构      H3，三级
                  类别      未参保（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2015-01-01 至 2023-02-28 在职职工

                  原因      结算日未参保（not_enrolled）
                  处理      核对参保登记
                  结果      统筹基金和个人账户都没有支付
                  机构上报  统筹基金支付 90.00，未予认可

                  版本      第 1 版，2023-03-31 夜间批（运行 1），首次结算：统筹支付 0.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "s5", .english) == """
                Settlement s5: refused, not enrolled on the day

                  Time          2023-03-05 10:20:00, benefit year 2023
                  Institution   H3, tertiary level
                  Category      not enrolled (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2015-01-01 to 2023-02-28

                  Reason        not enrolled on the day (not_enrolled)
                  What to do    check the enrolment
                  Result        neither the pooling fund nor an account has paid
                  Counter       reported a fund payment of 90.00, not accepted

                  Revisions     1, night of 2023-03-31 (run 1), first settled: fund pays 0.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }

    @Test func `a refund without its original is refused`() async throws {
        let city = try await ExplainCity.settled()
        #expect(
            try city.text(settlement: "r3", .chinese) == """
                退费 r3：未受理，退费找不到原结算

                  时间      2023-04-06 10:20:00，计入 2023 年度
                  机构      H3，三级
                  类别      在职职工，自 2015-01 起（依据：连政办发〔2022〕73号 二（四））
                  参保登记  2015-01-01 起在职职工

                  原因      退费找不到原结算（refund_without_original）
                  原结算    p9
                  处理      补传原结算后自动重算
                  结果      统筹基金和个人账户都没有支付

                  版本      第 1 版，2023-06-30 夜间批（运行 2），首次结算：统筹支付 0.00
                  核对      账上现行结果与重算一致；事实截至 2023-06-30 夜间批（运行 2）。
                """)
        #expect(
            try city.text(settlement: "r3", .english) == """
                Refund r3: refused, the refund's original is not there

                  Time          2023-04-06 10:20:00, benefit year 2023
                  Institution   H3, tertiary level
                  Category      employee since 2015-01 (by 连政办发〔2022〕73号 二（四）)
                  Enrolment     employee from 2015-01-01

                  Reason        the refund's original is not there (refund_without_original)
                  Original      p9
                  What to do    deliver the original; the next night settles anew
                  Result        neither the pooling fund nor an account has paid

                  Revisions     1, night of 2023-06-30 (run 2), first settled: fund pays 0.00
                  Check         the ledger agrees; facts as of the night of 2023-06-30 (run 2).
                """)
    }
}
