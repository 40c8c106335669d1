import City
import Money
import Testing

/// A second count of the awkward cases of settlements, statements and account uses, from the cells of the files alone.
struct NaiveSettlementReading {
    private(set) var counts: [AwkwardCase: Int] = [:]

    private let links: [Substring: CsvRow]

    init(_ city: WrittenCity) throws {
        links = try Dictionary(uniqueKeysWithValues: city.rows(.familyLink).map { ($0["rlts_psn_no"], $0) })
        let pooling = try NaivePooling(city)
        let settlements = try city.rows(.settlement)
        let byNumber = Dictionary(uniqueKeysWithValues: settlements.map { ($0["setl_id"], $0) })
        var times: Set<[Substring]> = []
        for row in settlements {
            count(.sameSecond, if: !times.insert([row["psn_no"], row["setl_time"]]).inserted)
            count(.notReported, if: row["hifp_pay"] == "")
            count(.prescriptionFilled, if: row["rx_no"] != "")
            let verdict = try #require(pooling.verdicts[row["setl_id"]])
            if row["refd_setl_flag"] == "1" {
                count(.refund)
                if let original = byNumber[row["init_setl_id"]] {
                    count(.refundNextYear, if: original["setl_time"].prefix(4) < row["setl_time"].prefix(4))
                }
            } else {
                try countPayment(row)
            }
            try count(row, verdict)
        }
        count(.ceilingReached, times: pooling.years.count { $0.pool == $0.ceiling })
        try countLines(city, byNumber, pooling)
        for row in try city.rows(.accountUse) { try countUse(row) }
    }

    private mutating func count(_ awkwardCase: AwkwardCase, times: Int = 1, if holds: Bool = true) {
        if holds { counts[awkwardCase, default: 0] += times }
    }

    private mutating func countPayment(_ row: CsvRow) throws {
        if row["hifp_pay"] != "" {
            let left = try row.fen("inscp_scp_amt") - row.fen("hifp_pay")
            count(.accountPaysSelfPay, if: try row.fen("acct_pay") > left)
            count(.hospitalBorne, if: try row.fen("hosp_part_amt") > 0)
        }
        if try row.fen("acct_mulaid_pay") > 0 {
            count(.familyPayment)
            let isLinked = isLinked(row["acct_mulaid_psn_no"], row["psn_no"], on: row["setl_time"].prefix(10))
            count(.familyPaymentWithoutLink, if: !isLinked)
        }
    }

    private mutating func count(_ row: CsvRow, _ verdict: NaivePooling.Verdict) throws {
        switch verdict {
        case .pooled(let deductible, let pool):
            guard row["hifp_pay"] != "" else { break }
            count(.wrongCounterAmount, if: try row.fen("act_pay_dedc") != deductible || row.fen("hifp_pay") != pool)
        case .outside: break
        case .unknownInstitution: count(.unknownInstitution)
        case .notEnrolled:
            count(.settlementNotEnrolled)
            count(.partsDoNotAdd, if: try !addsUp(row))
        case .partsDoNotAdd: count(.partsDoNotAdd)
        case .refundWithoutOriginal: count(.refundWithoutOriginal)
        case .refundTwice: count(.refundTwice)
        case .refundOverOriginal: count(.refundOverOriginal)
        }
    }

    private func addsUp(_ row: CsvRow) throws -> Bool {
        let parts = ["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"]
        return try parts.reduce(Int64(0)) { try $0 + row.fen($1) } == row.fen("medfee_sumamt")
    }

    private func isLinked(_ owner: Substring, _ person: Substring, on date: Substring) -> Bool {
        guard let link = links[person], link["psn_no"] == owner else { return false }
        return link["begndate"] <= date && (link["enddate"] == "" || date <= link["enddate"])
    }

    private mutating func countLines(_ city: WrittenCity, _ byNumber: [Substring: CsvRow], _ pooling: NaivePooling)
        throws
    {
        var stated: Set<[Substring]> = []
        var listed: Set<Substring> = []
        for line in try city.rows(.institutionStatementLine) {
            count(.carelessMonth)
            guard let row = byNumber[line["setl_id"]] else {
                count(.onlyAtInstitution)
                continue
            }
            listed.insert(line["setl_id"])
            stated.insert([row["fixmedins_code"], row["setl_time"].prefix(7)])
            count(.lineRefundStateDiffers, if: line["refd_setl_flag"] != row["refd_setl_flag"])
            let same =
                try line.fen("medfee_sumamt") == row.fen("medfee_sumamt")
                && line.fen("acct_pay") == row.fen("acct_pay") && line.fen("fund_pay_sumamt") == pooling.fund(row)
            count(.lineAmountsDiffer, if: !same)
        }
        count(
            .onlyAtCentre,
            times: byNumber.values.count {
                stated.contains([$0["fixmedins_code"], $0["setl_time"].prefix(7)]) && !listed.contains($0["setl_id"])
            })
    }

    private mutating func countUse(_ row: CsvRow) throws {
        if row["init_acct_use_id"] != "" {
            count(.useCancelled)
            #expect(try row.fen("amount") < 0)
            return
        }
        switch row["acct_incexpd_type"] {
        case "107": count(.transferredIn)
        case "201": count(.useOutOfScope)
        case "205" where row["bnft_psn_no"] == "": count(.ownPremium)
        case "205":
            let isLinked = isLinked(row["psn_no"], row["bnft_psn_no"], on: row["use_date"])
            count(isLinked ? .familyPremium : .premiumWithoutLink)
        case "207": count(.transferredOut)
        case "208": count(.toHeirs)
        default: Issue.record("unknown acct_incexpd_type in \(row)")
        }
    }
}
