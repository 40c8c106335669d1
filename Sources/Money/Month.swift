/// A calendar month, as `year × 12 + (month − 1)`: the covered month (费款所属期) of contributions and credits.
@usableFromInline package struct Month: Hashable, Sendable {
    @usableFromInline package let monthNumber: Int32

    @inlinable package init(monthNumber: Int32) {
        self.monthNumber = monthNumber
    }

    /// `nil` unless the month is 1 to 12 and the year 1 to 9999.
    package init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.init(monthNumber: Int32(year * 12 + month - 1))
    }

    /// January of a year.
    package static func first(of year: Int) -> Month { Month(monthNumber: Int32(year * 12)) }

    /// December of a year.
    package static func last(of year: Int) -> Month { Month(monthNumber: Int32(year * 12 + 11)) }

    @inlinable package var year: Int { Int(monthNumber) / 12 }

    /// 1 to 12.
    @inlinable package var month: Int { Int(monthNumber) % 12 + 1 }

    @inlinable package var firstDay: CivilDate {
        let shifted = Int(monthNumber) - 2
        let (year, month) = (shifted / 12, shifted % 12)
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5
        return CivilDate(dayNumber: Int32(days - CivilDate.daysFromEra))
    }

    package var lastDay: CivilDate { next.firstDay.adding(days: -1) }

    package var dayCount: Int { Int(next.firstDay.dayNumber - firstDay.dayNumber) }

    @inlinable package var next: Month { Month(monthNumber: monthNumber + 1) }

    @inlinable package var previous: Month { Month(monthNumber: monthNumber - 1) }

    @inlinable package func adding(months: Int) -> Month {
        Month(monthNumber: monthNumber + Int32(months))
    }
}

extension Month: Strideable {
    @inlinable package static func == (left: Month, right: Month) -> Bool {
        left.monthNumber == right.monthNumber
    }

    @inlinable package static func < (left: Month, right: Month) -> Bool {
        left.monthNumber < right.monthNumber
    }

    @inlinable package func distance(to other: Month) -> Int {
        Int(other.monthNumber - monthNumber)
    }

    @inlinable package func advanced(by months: Int) -> Month {
        adding(months: months)
    }
}

extension Month: CustomStringConvertible {
    /// `YYYY-MM`.
    @usableFromInline package var description: String {
        let year = String(self.year)
        return "\(String(repeating: "0", count: max(0, 4 - year.utf8.count)))\(year)-\(twoDigits(month))"
    }
}

extension Month: LosslessStringConvertible {
    /// Reads exactly `YYYY-MM`.
    @usableFromInline package init?(_ description: String) {
        let fields = description.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count == 2, let year = digits(fields[0], count: 4), let month = digits(fields[1], count: 2) else {
            return nil
        }
        self.init(year: year, month: month)
    }
}
