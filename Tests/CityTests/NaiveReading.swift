import City
import Money
import Testing

/// A second count of the awkward cases of persons and contributions, from the cells of the files alone.
struct NaiveReading {
    private(set) var counts: [AwkwardCase: Int] = [:]

    private let first: Substring = "2023-01-01"
    private let enrolments: [Substring: [CsvRow]]
    private let contributions: [Substring: [CsvRow]]

    init(_ city: WrittenCity) throws {
        enrolments = Dictionary(grouping: try city.rows(.enrolment)) { $0["psn_no"] }
        contributions = Dictionary(grouping: try city.rows(.contribution)) { $0["psn_no"] }
        let levels = Dictionary(grouping: try city.rows(.fixedCredit)) { $0["psn_no"] }
        for person in try city.rows(.person) {
            let number = person["psn_no"]
            try countPerson(number, died: person["death_date"], hasLevel: levels[number] != nil)
        }
        for rows in levels.values where rows[0]["december_amount"] == "" { count(.decemberAmountMissing) }
        for rows in contributions.values { try countContributions(rows) }
    }

    private mutating func count(_ awkwardCase: AwkwardCase, if holds: Bool = true) {
        if holds { counts[awkwardCase, default: 0] += 1 }
    }

    private func isWorking(_ row: CsvRow) -> Bool {
        row["psn_type"].hasPrefix("11")
    }

    private mutating func countPerson(_ number: Substring, died: Substring, hasLevel: Bool) throws {
        let all = enrolments[number] ?? []
        count(.formerResident, if: all.contains { $0["insutype"] == "390" })
        let rows = all.filter { $0["insutype"] == "310" }.sorted { $0["begndate"] < $1["begndate"] }
        let (earliest, latest) = try (#require(rows.first), #require(rows.last))
        let begins = latest["begndate"]
        let hasEnd = latest["enddate"] != ""
        if earliest["begndate"] >= first { count(isWorking(earliest) ? .movedIn : .movedInRetired) }
        count(.cameBack, if: rows.dropLast().contains { $0["enddate"] != "" })
        count(
            .becameFlexible, if: rows.count == 2 && earliest["psn_type"] == "1101" && latest["psn_type"] == "1103")
        count(.movedAway, if: hasEnd && died == "")
        count(.died, if: died != "")
        count(.deathWithoutEnd, if: died != "" && !hasEnd)
        let hasRetired = !isWorking(latest) && rows.count > 1 && begins >= first
        count(.retired, if: hasRetired)
        count(.levelSuppliedLate, if: hasRetired && hasLevel)
        count(.retireeWithoutLevel, if: !isWorking(latest) && !hasLevel)
        guard isWorking(earliest) else { return }
        let paid = (contributions[number] ?? []).filter { ["10", "30"].contains($0["clct_type"]) }
        for month in paid.map({ $0["accrym"] }) {
            if died != "" && month > died.prefix(7) {
                count(.contributionAfterDeath)
            } else if !isWorking(latest) && month > begins.prefix(7) {
                count(.contributionWhileRetired)
            } else if died == "", hasEnd, month > latest["enddate"].prefix(7) {
                count(.contributionAfterDeparture)
            }
        }
        let months = Set(paid.map { $0["accrym"] })
        for month in try CitySpecification.city().months where !months.contains("\(month)") {
            let isAlive = died == "" || "\(month)" <= died.prefix(7)
            count(.unpaidMonth, if: isAlive && (NaiveStatus.status(in: month, rows)?.hasPrefix("11") ?? false))
        }
    }

    private mutating func countContributions(_ rows: [CsvRow]) throws {
        var normal: Set<Substring> = []
        for row in rows {
            let (base, own) = try (row.fen("clct_base"), row.fen("psn_clct_amt"))
            let employer = try row.fen("emp_clct_amt")
            let (month, received) = (row["accrym"], row["clct_time"])
            switch row["clct_type"] {
            case "10":
                count(.latePayment, if: received.prefix(7) > month)
                count(.paidInAdvance, if: received.prefix(7) < month)
                count(.paidTwice, if: !normal.insert(month).inserted)
                let isFlexible = employer == 0 || own == (base * 8 + 50) / 100
                count(.wrongOwnAmount, if: own != (base * (isFlexible ? 8 : 2) + 50) / 100)
                count(.wrongEmployerAmount, if: employer != (isFlexible ? 0 : (base * 7 + 50) / 100))
            case "20":
                let original = try #require(rows.first { $0["clct_id"] == row["init_clct_id"] })
                count(try -base == original.fen("clct_base") ? .refundWhole : .refundPartial)
            case "30": count(.backCollection)
            case "32": count(.lumpSum)
            case "34":
                // Wages are declared again in summer, the limits of 2024 were published at the end of September.
                let isDeclared = ["07", "08"].contains(received.dropFirst(5).prefix(2))
                count(isDeclared ? .declaredDifference : .limitDifference)
                count(.declaredDifferenceDown, if: isDeclared && base < 0)
            case "35": count(.rateDifference)
            default: Issue.record("unknown clct_type in \(row)")
            }
        }
    }

    /// The cases that only a reader of all versions can see.
    static func countsOfVersions(_ city: WrittenCity) throws -> [AwkwardCase: Int] {
        var counts: [AwkwardCase: Int] = [:]
        var retired: Set<Substring> = []
        for folder in try city.names() {
            for row in try city.rows(.person, in: folder) where row["death_date"] != "" {
                if row["death_date"].prefix(7) < folder { counts[.deathReportedLate, default: 0] += 1 }
            }
            for row in try city.rows(.settlement, in: folder) where row["setl_time"].prefix(7) < folder {
                counts[.lateSettlement, default: 0] += 1
            }
            for row in try city.rows(.enrolment, in: folder) where row["psn_type"].hasPrefix("12") {
                if row["vali_flag"] == "0" { counts[.retirementCorrected, default: 0] += 1 }
                let begins = row["begndate"]
                guard begins >= "2023-01-01", row["enddate"] == "", retired.insert(row["psn_no"]).inserted else {
                    continue
                }
                if begins.prefix(7) < folder { counts[.retirementDecidedLate, default: 0] += 1 }
            }
        }
        return counts
    }
}

/// The status of a person by day and month, from the rows of `enrolment.csv`.
enum NaiveStatus {
    static func row(on date: CivilDate, _ rows: [CsvRow]) -> CsvRow? {
        let latest = rows.last { $0["begndate"] <= "\(date)" }
        let ends = latest?["enddate"] ?? ""
        return ends == "" || ends >= "\(date)" ? latest : nil
    }

    /// `rows` are those of the employees' insurance, in the order of their beginning.
    static func status(in month: Month, _ rows: [CsvRow]) -> Substring? {
        guard let before = row(on: month.firstDay.adding(days: -1), rows) else {
            return rows.first { $0["begndate"].hasPrefix("\(month)") }?["psn_type"]
        }
        return row(on: month.firstDay, rows) == nil ? nil : before["psn_type"]
    }
}
