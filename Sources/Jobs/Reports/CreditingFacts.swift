import Money
import Policy

/// What 个人账户计入月报 is made of.
struct CreditingFacts {
    /// What was credited to the persons of a category and district.
    struct Group {
        struct Key: Hashable {
            /// `nil` if the persons were not enrolled in the months covered: something is taken back.
            let category: InsuredCategory?
            /// `insu_admdvs`; empty if no row of `person.csv` has arrived.
            let district: String
        }

        /// For a month covered.
        struct Sums {
            /// Persons who were credited anything.
            var people: Int64 = 0
            var credited = Fen.zero
            /// Negative.
            var takenBack = Fen.zero
        }

        let key: Key
        /// Persons who were credited anything, for whichever month.
        var people: Int64 = 0
        /// Contribution bases behind the entries.
        var base = Fen.zero
        /// By the month covered: the month itself, and others by late contributions and differences.
        var months: [Month: Sums] = [:]
    }

    /// Those to whom the month was due.
    struct Due {
        let people: Int64
        let amount: Fen
    }

    struct Exceptions {
        let reason: String
        /// Chinese words of the reason, and what to do.
        let title: String
        let remedy: String
        let rows: Int64
        let people: Int64
    }

    /// Net credits of a month-end, for the line of the year.
    struct MonthSum {
        let month: Month
        let workers: Fen
        let retirees: Fen
    }

    let month: Month
    /// The last of the instance; one that waited has several.
    let run: Run
    let totals: ReportTotals
    /// By category and district.
    let groups: [Group]
    let exceptions: [Exceptions]
    let due: [InsuredCategory: Due]
    /// `nil` if the month before was not settled here.
    let dueBefore: [InsuredCategory: Due]?
    /// Ascending, this month the last.
    let line: [MonthSum]
}
