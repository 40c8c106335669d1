import City
import Money
import Testing

/// A second adjudication of a city's settlements, from the cells of the files alone and with the notice's table at hand.
struct NaivePooling {
    enum Verdict: Hashable {
        case pooled(deductible: Int64, pool: Int64)
        case outside
        case unknownInstitution
        case notEnrolled
        case partsDoNotAdd
        case refundWithoutOriginal
        case refundTwice
        case refundOverOriginal

        var isRefused: Bool {
            switch self {
            case .pooled, .outside: false
            case .unknownInstitution, .notEnrolled, .partsDoNotAdd, .refundWithoutOriginal, .refundTwice,
                .refundOverOriginal:
                true
            }
        }
    }

    private(set) var verdicts: [Substring: Verdict] = [:]
    /// The pool's payments of each person and year at its end, with the ceiling that applies then.
    private(set) var years: [(pool: Int64, ceiling: Int64)] = []

    private let institutions: [Substring: [CsvRow]]

    /// What the fund paid by the row itself or, if it reports nothing, by the rules.
    func fund(_ row: CsvRow) throws -> Int64 {
        guard row["hifp_pay"] == "" else { return try row.fen("hifp_pay") }
        guard case .pooled(_, let pool) = verdicts[row["setl_id"]] else {
            try #require(verdicts[row["setl_id"]] == .outside)
            return 0
        }
        return pool
    }

    init(_ city: WrittenCity) throws {
        institutions = Dictionary(grouping: try city.rows(.institution)) { $0["fixmedins_code"] }
        let enrolments = Dictionary(grouping: try city.rows(.enrolment).filter { $0["insutype"] == "310" }) {
            $0["psn_no"]
        }
        let deaths = try Dictionary(uniqueKeysWithValues: city.rows(.person).map { ($0["psn_no"], $0["death_date"]) })
        let settlements = Dictionary(grouping: try city.rows(.settlement)) { $0["psn_no"] }
        for (person, rows) in settlements {
            let ordered = rows.sorted {
                $0["setl_time"] == $1["setl_time"] ? $0["setl_id"] < $1["setl_id"] : $0["setl_time"] < $1["setl_time"]
            }
            let statuses = (enrolments[person] ?? []).sorted { $0["begndate"] < $1["begndate"] }
            try adjudicate(ordered, statuses, died: deaths[person] ?? "")
        }
    }

    private mutating func adjudicate(_ rows: [CsvRow], _ statuses: [CsvRow], died: Substring) throws {
        let byNumber = Dictionary(uniqueKeysWithValues: rows.map { ($0["setl_id"], $0) })
        var sums: [Substring: (deductible: Int64, pool: Int64)] = [:]
        var refunded: Set<Substring> = []
        for row in rows {
            let number = row["setl_id"]
            let verdict: Verdict
            if row["refd_setl_flag"] == "1" {
                let original = row["init_setl_id"]
                if let mirror = byNumber[original] {
                    if refunded.contains(original) {
                        verdict = .refundTwice
                    } else if try -row.fen("medfee_sumamt") > mirror.fen("medfee_sumamt") {
                        verdict = .refundOverOriginal
                    } else if case .pooled(let deductible, let pool) = verdicts[original] {
                        verdict = .pooled(deductible: -deductible, pool: -pool)
                        sums[mirror["setl_time"].prefix(4)]?.deductible -= deductible
                        sums[mirror["setl_time"].prefix(4)]?.pool -= pool
                        refunded.insert(original)
                    } else {
                        verdict = .outside
                        refunded.insert(original)
                    }
                } else {
                    verdict = .refundWithoutOriginal
                }
            } else {
                let year = row["setl_time"].prefix(4)
                verdict = try adjudicate(row, statuses, died: died, &sums[year, default: (0, 0)])
            }
            verdicts[number] = verdict
        }
        for (year, sum) in sums {
            let months = (1...12).compactMap { Month(year: Int(year) ?? 0, month: $0) }
            let last = months.compactMap { NaiveStatus.status(in: $0, statuses) }.last
            if let last { years.append((sum.pool, terms(of: last).ceiling)) }
        }
    }

    private func adjudicate(
        _ row: CsvRow, _ statuses: [CsvRow], died: Substring, _ sum: inout (deductible: Int64, pool: Int64)
    ) throws -> Verdict {
        let date = try #require(CivilDate(String(row["setl_time"].prefix(10))))
        guard institutions[row["fixmedins_code"]] != nil else { return .unknownInstitution }
        guard NaiveStatus.row(on: date, statuses) != nil, died == "" || "\(date)" <= died,
            let status = NaiveStatus.status(in: date.month, statuses)
        else { return .notEnrolled }
        let parts = try ["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"]
            .reduce(Int64(0)) { try $0 + row.fen($1) }
        guard try parts == row.fen("medfee_sumamt") else { return .partsDoNotAdd }
        let place: Substring
        switch row["med_type"] {
        case "11", "110104", "13": place = row["fixmedins_code"]
        case "41" where row["rx_no"] != "": place = row["rx_fixmedins_code"]
        default: return .outside
        }
        let terms = terms(of: status)
        let eligible = try row.fen("inscp_scp_amt")
        let deductible = min(eligible, max(0, terms.deductible - sum.deductible))
        let payable = ((eligible - deductible) * terms.percent[level(place, on: date)] + 50) / 100
        let pool = min(payable, max(0, terms.ceiling - sum.pool))
        sum.deductible += deductible
        sum.pool += pool
        return .pooled(deductible: deductible, pool: pool)
    }

    /// 0 primary, 1 secondary, 2 tertiary.
    private func level(_ code: Substring, on date: CivilDate) -> Int {
        let row = institutions[code]?.last { $0["begndate"] <= "\(date)" }
        switch row?["hosp_lv"] ?? "" {
        case "01", "02", "03", "04": return 2
        case "05", "06", "07": return 1
        default: return 0
        }
    }

    private func terms(of status: Substring) -> (deductible: Int64, ceiling: Int64, percent: [Int64]) {
        if status.hasPrefix("11") { return (750_00, 6000_00, [70, 65, 60]) }
        return (600_00, status.hasPrefix("12") ? 6000_00 : 7000_00, [75, 70, 60])
    }
}
