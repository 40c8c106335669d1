import Policy
import Settlement
import Testing

/// A person's enrolment and what the person is in some months.
struct History: CustomTestStringConvertible {
    let clause: String
    let rows: [String]
    let death: String?
    let months: [(month: String, standing: Standing)]

    init(
        _ clause: String, _ rows: [String], death: String? = nil, _ months: [(month: String, standing: Standing)]
    ) {
        self.clause = clause
        self.rows = rows
        self.death = death
        self.months = months
    }

    var testDescription: String { clause }
}

extension `连政办发〔2022〕73号` {
    @Suite struct `二（四） 当月身份` {
        @Test(arguments: [
            "2023-05-01", "2023-05-02", "2023-05-15", "2023-05-30", "2023-05-31",
        ])
        func `五月任何一天的变更都自六月起算`(change: String) throws {
            try check(
                History(
                    "active to retired on \(change)", ["active 2020-01-01", "retired \(change)"],
                    [
                        ("2023-04", .enrolled(.active)), ("2023-05", .enrolled(.active)),
                        ("2023-06", .enrolled(.retired)), ("2023-07", .enrolled(.retired)),
                    ]))
        }

        @Test(arguments: [
            History(
                "the last day of April counts from May",
                ["active 2020-01-01", "retired 2023-04-30"],
                [("2023-04", .enrolled(.active)), ("2023-05", .enrolled(.retired))]),
            History(
                "the 1st of June counts from July",
                ["active 2020-01-01", "retired 2023-06-01"],
                [("2023-06", .enrolled(.active)), ("2023-07", .enrolled(.retired))]),
            History(
                "a change in December counts from January",
                ["active 2020-01-01", "retired 2023-12-31"],
                [("2023-12", .enrolled(.active)), ("2024-01", .enrolled(.retired))]),
            History(
                "a change on 1 January counts from February",
                ["active 2020-01-01", "retired 2024-01-01"],
                [
                    ("2023-12", .enrolled(.active)), ("2024-01", .enrolled(.active)), ("2024-02", .enrolled(.retired)),
                ]),
            History(
                "a change on 29 February counts from March",
                ["active 2020-01-01", "retired 2024-02-29"],
                [("2024-02", .enrolled(.active)), ("2024-03", .enrolled(.retired))]),
            History(
                "a change on 28 February of a common year counts from March",
                ["active 2020-01-01", "retired 2023-02-28"],
                [("2023-02", .enrolled(.active)), ("2023-03", .enrolled(.retired))]),
            History(
                "two changes in a month: the later one counts from the next",
                ["active 2020-01-01", "flexible 2023-05-10", "retired 2023-05-20"],
                [("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.retired))]),
            History(
                "each change counts from the month after it",
                ["active 2020-01-01", "flexible 2023-04-20", "retired 2023-05-20", "veteran 2023-06-01"],
                [
                    ("2023-04", .enrolled(.active)), ("2023-05", .enrolled(.flexible)),
                    ("2023-06", .enrolled(.retired)), ("2023-07", .enrolled(.veteran)),
                ]),
        ])
        func `变更自次月起算`(_ history: History) throws {
            try check(history)
        }

        @Test(arguments: [
            History(
                "the first row counts in its own month, from its 1st",
                ["retired 2023-05-01"],
                [("2023-04", .notEnrolled), ("2023-05", .enrolled(.retired)), ("2023-06", .enrolled(.retired))]),
            History(
                "the first row counts in its own month, on its last day",
                ["retired 2023-05-31"],
                [("2023-04", .notEnrolled), ("2023-05", .enrolled(.retired)), ("2023-06", .enrolled(.retired))]),
            History(
                "the first row on 29 February",
                ["active 2024-02-29"],
                [("2024-01", .notEnrolled), ("2024-02", .enrolled(.active)), ("2024-03", .enrolled(.active))]),
            History(
                "enrolled and changed within the first month: the first row counts in it",
                ["active 2023-05-10", "retired 2023-05-20"],
                [("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.retired))]),
            History(
                "enrolled for one day",
                ["active 2023-05-10…2023-05-10"],
                [("2023-04", .notEnrolled), ("2023-05", .enrolled(.active)), ("2023-06", .notEnrolled)]),
            History(
                "comes back after a gap, as what the person is then",
                ["active 2020-01-01…2023-02-10", "retired 2023-05-20"],
                [
                    ("2023-02", .enrolled(.active)), ("2023-03", .notEnrolled), ("2023-04", .notEnrolled),
                    ("2023-05", .enrolled(.retired)), ("2023-06", .enrolled(.retired)),
                ]),
            History(
                "leaves on the last of April and comes back in May: April's status counts in May",
                ["active 2020-01-01…2023-04-30", "retired 2023-05-20"],
                [("2023-04", .enrolled(.active)), ("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.retired))]),
            History(
                "leaves a day before the last of April and comes back in May: nothing was in force before",
                ["active 2020-01-01…2023-04-29", "retired 2023-05-20"],
                [("2023-04", .enrolled(.active)), ("2023-05", .enrolled(.retired)), ("2023-06", .enrolled(.retired))]),
            History(
                "leaves and comes back within a month",
                ["active 2020-01-01…2023-05-05", "retired 2023-05-20"],
                [("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.retired))]),
        ])
        func `首次参保和中断后再参保的当月即按该身份`(_ history: History) throws {
            try check(history)
        }

        @Test(arguments: [
            History(
                "ends in the middle of May",
                ["active 2020-01-01…2023-05-15"],
                [("2023-04", .enrolled(.active)), ("2023-05", .enrolled(.active)), ("2023-06", .notEnrolled)]),
            History(
                "ends on the 1st of May",
                ["active 2020-01-01…2023-05-01"],
                [("2023-05", .enrolled(.active)), ("2023-06", .notEnrolled)]),
            History(
                "ends on the last of May",
                ["active 2020-01-01…2023-05-31"],
                [("2023-05", .enrolled(.active)), ("2023-06", .notEnrolled)]),
            History(
                "ends on 29 February",
                ["active 2020-01-01…2024-02-29"],
                [("2024-02", .enrolled(.active)), ("2024-03", .notEnrolled)]),
            History(
                "ends on 31 December",
                ["retired 2020-01-01…2023-12-31"],
                [("2023-12", .enrolled(.retired)), ("2024-01", .notEnrolled)]),
            History(
                "a month that begins retired and ends without enrolment is a retiree's",
                ["active 2020-01-01…2023-04-30", "retired 2023-05-01…2023-06-10"],
                [
                    ("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.retired)), ("2023-07", .notEnrolled),
                ]),
        ])
        func `停保当月仍算，次月起不算`(_ history: History) throws {
            try check(history)
        }

        @Test(arguments: [
            History(
                "rows that meet: the end is the day before the next begins",
                ["active 2020-01-01…2023-05-14", "retired 2023-05-15"],
                [("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.retired))]),
            History(
                "rows that meet at the turn of a month: nothing changed before May, the change is of the 1st",
                ["active 2020-01-01…2023-04-30", "retired 2023-05-01"],
                [("2023-04", .enrolled(.active)), ("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.retired))]),
            History(
                "rows that overlap: the one begun later is in force",
                ["active 2020-01-01…2023-12-31", "retired 2023-05-15"],
                [
                    ("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.retired)), ("2024-01", .enrolled(.retired)),
                ]),
            History(
                "rows that overlap: the earlier one does not come back when the later one ends",
                ["active 2020-01-01", "retired 2023-05-15…2023-06-30"],
                [
                    ("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.retired)), ("2023-07", .notEnrolled),
                    ("2023-08", .notEnrolled),
                ]),
            History(
                "a row replaced on the day it begins was never in force",
                ["flexible 2023-05-10", "active 2023-05-10"],
                [("2023-04", .notEnrolled), ("2023-05", .enrolled(.active)), ("2023-06", .enrolled(.active))]),
            History(
                "a row that ends before it begins was never in force, and ends the row before all the same",
                ["active 2020-01-01", "retired 2023-05-10…2023-05-05"],
                [("2023-05", .enrolled(.active)), ("2023-06", .notEnrolled)]),
            History(
                "a row that ends before it begins enrols nobody",
                ["active 2023-05-10…2023-05-09"],
                [("2023-04", .notEnrolled), ("2023-05", .notEnrolled), ("2023-06", .notEnrolled)]),
        ])
        func `相接和重叠的记录`(_ history: History) throws {
            try check(history)
        }

        @Test(arguments: [
            History(
                "dies on the 1st of May",
                ["retired 2020-01-01"], death: "2023-05-01",
                [("2023-04", .enrolled(.retired)), ("2023-05", .enrolled(.retired)), ("2023-06", .dead)]),
            History(
                "dies on the last of May",
                ["retired 2020-01-01"], death: "2023-05-31",
                [("2023-05", .enrolled(.retired)), ("2023-06", .dead), ("2023-07", .dead)]),
            History(
                "dies on 29 February",
                ["retired 2020-01-01"], death: "2024-02-29",
                [("2024-02", .enrolled(.retired)), ("2024-03", .dead)]),
            History(
                "dies on 31 December",
                ["retired 2020-01-01"], death: "2023-12-31",
                [("2023-12", .enrolled(.retired)), ("2024-01", .dead)]),
            History(
                "dies in the month of a change: it never counts",
                ["active 2020-01-01", "retired 2023-05-10"], death: "2023-05-20",
                [("2023-05", .enrolled(.active)), ("2023-06", .dead)]),
            History(
                "enrolled until the death: dead, not merely without enrolment",
                ["retired 2020-01-01…2023-05-20"], death: "2023-05-20",
                [("2023-05", .enrolled(.retired)), ("2023-06", .dead)]),
            History(
                "dies after the enrolment has ended",
                ["retired 2020-01-01…2023-03-31"], death: "2023-05-20",
                [
                    ("2023-03", .enrolled(.retired)), ("2023-04", .notEnrolled), ("2023-05", .notEnrolled),
                    ("2023-06", .dead),
                ]),
            History("dies without any row", [], death: "2023-05-20", [("2023-05", .notEnrolled), ("2023-06", .dead)]),
        ])
        func `死亡当月仍算，次月起不算`(_ history: History) throws {
            try check(history)
        }

        @Test(arguments: [
            History("no row at all", [], [("2023-05", .notEnrolled)]),
            History(
                "a row of later", ["active 2023-06-01"], [("2023-05", .notEnrolled), ("2023-06", .enrolled(.active))]),
            History("an unknown psn_type", ["? 2020-01-01"], [("2023-05", .unknownStatus)]),
            History(
                "an unknown psn_type in the first month", ["? 2023-05-10"],
                [("2023-04", .notEnrolled), ("2023-05", .unknownStatus)]),
            History(
                "becomes unknown", ["active 2020-01-01", "? 2023-05-10"],
                [("2023-05", .enrolled(.active)), ("2023-06", .unknownStatus)]),
            History(
                "becomes known", ["? 2020-01-01", "active 2023-05-10"],
                [("2023-05", .unknownStatus), ("2023-06", .enrolled(.active))]),
            History(
                "an unknown psn_type that has ended", ["? 2020-01-01…2023-05-10"],
                [("2023-05", .unknownStatus), ("2023-06", .notEnrolled)]),
        ])
        func `没有记录和编码不明`(_ history: History) throws {
            try check(history)
        }

        private func check(_ history: History) throws {
            let statuses = try enrolment(history.rows)
            let death = try history.death.map { try date($0) }
            for (covered, expected) in history.months {
                #expect(
                    try standing(in: month(covered), statuses: statuses, death: death) == expected,
                    "\(history.clause): \(covered)")
            }
        }
    }
}
