import City
import Money
import Testing

/// A second count of the awkward cases, from the cells of the files alone.
struct NaiveReading {
    private(set) var counts: [AwkwardCase: Int] = [:]

    private let first = "2023-01-01"
    private let enrolments: [String: [[String: String]]]
    private let contributions: [String: [[String: String]]]

    init(_ city: WrittenCity) throws {
        func byPerson(_ rows: [[String: String]]) -> [String: [[String: String]]] {
            Dictionary(grouping: rows) { $0["psn_no"] ?? "" }
        }
        enrolments = byPerson(try city.rows(.enrolment))
        contributions = byPerson(try city.rows(.contribution))
        let levels = Dictionary(grouping: try city.rows(.fixedCredit)) { $0["psn_no"] ?? "" }
        for person in try city.rows(.person) {
            let number = try #require(person["psn_no"])
            try countPerson(number, died: person["death_date"] ?? "", hasLevel: levels[number] != nil)
        }
        for rows in levels.values where rows[0]["december_amount"] == "" { count(.decemberAmountMissing) }
        for rows in contributions.values { try countContributions(rows) }
    }

    private mutating func count(_ awkwardCase: AwkwardCase, if holds: Bool = true) {
        if holds { counts[awkwardCase, default: 0] += 1 }
    }

    private func isWorking(_ row: [String: String]) -> Bool {
        row["psn_type"]?.hasPrefix("11") ?? false
    }

    private mutating func countPerson(_ number: String, died: String, hasLevel: Bool) throws {
        let all = enrolments[number] ?? []
        count(.formerResident, if: all.contains { $0["insutype"] == "390" })
        let rows = all.filter { $0["insutype"] == "310" }.sorted { ($0["begndate"] ?? "") < ($1["begndate"] ?? "") }
        let (earliest, latest) = try (#require(rows.first), #require(rows.last))
        let begins = try #require(latest["begndate"])
        let hasEnd = latest["enddate"] != ""
        if try #require(earliest["begndate"]) >= first {
            count(isWorking(earliest) ? .movedIn : .movedInRetired)
        }
        count(.cameBack, if: rows.dropLast().contains { $0["enddate"] != "" })
        count(
            .becameFlexible,
            if: rows.count == 2 && earliest["psn_type"] == "1101" && latest["psn_type"] == "1103")
        count(.movedAway, if: hasEnd && died == "")
        count(.died, if: died != "")
        count(.deathWithoutEnd, if: died != "" && !hasEnd)
        let hasRetired = !isWorking(latest) && rows.count > 1 && begins >= first
        count(.retired, if: hasRetired)
        count(.levelSuppliedLate, if: hasRetired && hasLevel)
        count(.retireeWithoutLevel, if: !isWorking(latest) && !hasLevel)
        guard isWorking(earliest) else { return }
        let paid = (contributions[number] ?? []).filter { ["10", "30"].contains($0["clct_type"]) }
        for row in paid {
            let month = try #require(row["accrym"])
            if died != "" && month > died.prefix(7) {
                count(.contributionAfterDeath)
            } else if !isWorking(latest) && month > begins.prefix(7) {
                count(.contributionWhileRetired)
            } else if died == "", let ends = latest["enddate"], !ends.isEmpty, month > ends.prefix(7) {
                count(.contributionAfterDeparture)
            }
        }
        let months = Set(paid.map { $0["accrym"] })
        for month in try CitySpecification.city().months where !months.contains("\(month)") {
            count(.unpaidMonth, if: (died == "" || "\(month)" <= died.prefix(7)) && owes(month, rows))
        }
    }

    private func owes(_ month: Month, _ rows: [[String: String]]) -> Bool {
        func status(on date: CivilDate) -> [String: String]? {
            let latest = rows.last { ($0["begndate"] ?? "") <= "\(date)" }
            let ends = latest?["enddate"] ?? ""
            return ends == "" || ends >= "\(date)" ? latest : nil
        }
        let begun = rows.first { $0["begndate"]?.hasPrefix("\(month)") ?? false }
        guard let before = status(on: month.firstDay.adding(days: -1)) else { return begun.map(isWorking) ?? false }
        return isWorking(before) && status(on: month.firstDay) != nil
    }

    private mutating func countContributions(_ rows: [[String: String]]) throws {
        var normal: Set<String?> = []
        for row in rows {
            let (base, own) = try (fen(row["clct_base"]), fen(row["psn_clct_amt"]))
            let employer = try fen(row["emp_clct_amt"])
            let (month, received) = try (#require(row["accrym"]), #require(row["clct_time"]))
            switch row["clct_type"] {
            case "10":
                count(.latePayment, if: received.prefix(7) > month)
                count(.paidInAdvance, if: received.prefix(7) < month)
                count(.paidTwice, if: !normal.insert(month).inserted)
                let isFlexible = employer == 0 || own == (base * 8 + 50) / 100
                count(.wrongOwnAmount, if: own != (base * (isFlexible ? 8 : 2) + 50) / 100)
                count(.wrongEmployerAmount, if: employer != (isFlexible ? 0 : (base * 7 + 50) / 100))
            case "20":
                let original = rows.first { $0["clct_id"] == row["init_clct_id"] }
                count(try -base == fen(original?["clct_base"]) ? .refundWhole : .refundPartial)
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
        var counts: [AwkwardCase: Int] = [
            .deathReportedLate: 0, .retirementDecidedLate: 0, .retirementCorrected: 0,
        ]
        var retired: Set<String?> = []
        for folder in try city.names() {
            for row in try city.rows(.person, in: folder) {
                if let died = row["death_date"], !died.isEmpty, died.prefix(7) < folder {
                    counts[.deathReportedLate, default: 0] += 1
                }
            }
            for row in try city.rows(.enrolment, in: folder) where row["psn_type"]?.hasPrefix("12") ?? false {
                if row["vali_flag"] == "0" { counts[.retirementCorrected, default: 0] += 1 }
                let begins = try #require(row["begndate"])
                guard begins >= "2023-01-01", row["enddate"] == "", retired.insert(row["psn_no"]).inserted else {
                    continue
                }
                if begins.prefix(7) < folder { counts[.retirementDecidedLate, default: 0] += 1 }
            }
        }
        return counts
    }
}
