/// A calendar date (公历), independent of any clock: the number of days since 2000-01-01, the same count that
/// PostgreSQL's binary `date` uses.
@usableFromInline package struct CivilDate: Hashable, Sendable {
    @usableFromInline package let dayNumber: Int32

    @inlinable package init(dayNumber: Int32) {
        self.dayNumber = dayNumber
    }

    /// `nil` if there is no such date, as 2023-02-29. Years 1 to 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), let month = Month(year: year, month: month),
            (1...month.dayCount).contains(day)
        else { return nil }
        self.init(dayNumber: month.firstDay.dayNumber + Int32(day - 1))
    }

    @inlinable package var month: Month {
        // The civil-from-days computation over 400-year eras that begin on 1 March, so that the leap day is the last.
        let day = Int(dayNumber) + CivilDate.daysFromEra
        let era = (day >= 0 ? day : day - 146_096) / 146_097
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        return Month(monthNumber: Int32((yearOfEra + era * 400) * 12 + shiftedMonth + 2))
    }

    @inlinable package var year: Int { month.year }

    /// 1 to 31.
    package var day: Int { Int(dayNumber - month.firstDay.dayNumber) + 1 }

    @inlinable package func adding(days: Int) -> CivilDate {
        CivilDate(dayNumber: dayNumber + Int32(days))
    }

    /// 2000-01-01 counted from 0000-03-01.
    @inlinable package static var daysFromEra: Int { 730_425 }
}

extension CivilDate: Comparable {
    @inlinable package static func == (left: CivilDate, right: CivilDate) -> Bool {
        left.dayNumber == right.dayNumber
    }

    @inlinable package static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.dayNumber < right.dayNumber
    }
}

extension CivilDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    @usableFromInline package var description: String {
        "\(month)-\(twoDigits(day))"
    }
}

extension CivilDate: LosslessStringConvertible {
    /// Reads exactly `YYYY-MM-DD`.
    @usableFromInline package init?(_ description: String) {
        let fields = description.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count == 3, let year = digits(fields[0], count: 4), let month = digits(fields[1], count: 2),
            let day = digits(fields[2], count: 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

/// The value of a text of exactly `count` ASCII digits.
func digits(_ text: Substring, count: Int) -> Int? {
    let bytes = text.utf8
    guard bytes.count == count, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
}

func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
}
