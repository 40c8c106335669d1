import Money

/// The years in which a fact can be dated, and those in which a person can be born.
private let factYears = 1990...2099
private let lifeYears = 1900...2199

/// `YYYY-MM-DD`, as days since 2000-01-01.
func readDate(_ text: Span<UInt8>) throws(IntakeFault) -> Int64 {
    guard text.count == 10 else { throw .notDate }
    return try Int64(date(text, years: lifeYears, malformed: .notDate).dayNumber)
}

/// `YYYY-MM`, as days since 2000-01-01 of its first day.
func readMonth(_ text: Span<UInt8>) throws(IntakeFault) -> Int64 {
    guard text.count == 7, let year = digits(text, 0, 4), text[4] == ASCII.minus, let month = digits(text, 5, 2) else {
        throw .notMonth
    }
    try check(year, in: factYears)
    guard let month = Month(year: year, month: month) else { throw .noSuchMonth }
    return Int64(month.firstDay.dayNumber)
}

/// `YYYY-MM-DD HH:MM:SS`, as seconds since 2000-01-01 00:00:00 on the same clocks.
func readTime(_ text: Span<UInt8>) throws(IntakeFault) -> Int64 {
    guard text.count == 19, text[10] == ASCII.space, let hour = digits(text, 11, 2), text[13] == ASCII.colon,
        let minute = digits(text, 14, 2), text[16] == ASCII.colon, let second = digits(text, 17, 2)
    else { throw .notTime }
    let date = try date(text, years: factYears, malformed: .notTime)
    guard hour < 24, minute < 60, second < 60 else { throw .noSuchTime }
    return CivilTime(date, secondOfDay: hour * 3600 + minute * 60 + second).secondNumber
}

/// Four digits.
func readYear(_ text: Span<UInt8>) throws(IntakeFault) -> Int64 {
    guard text.count == 4, let year = digits(text, 0, 4) else { throw .notYear }
    try check(year, in: factYears)
    return Int64(year)
}

private func date(_ text: Span<UInt8>, years: ClosedRange<Int>, malformed: IntakeFault) throws(IntakeFault) -> CivilDate
{
    guard let year = digits(text, 0, 4), text[4] == ASCII.minus, let month = digits(text, 5, 2),
        text[7] == ASCII.minus, let day = digits(text, 8, 2)
    else { throw malformed }
    try check(year, in: years)
    guard let date = CivilDate(year: year, month: month, day: day) else { throw .noSuchDate }
    return date
}

private func check(_ year: Int, in years: ClosedRange<Int>) throws(IntakeFault) {
    guard years.contains(year) else { throw .yearOutOfRange(first: years.lowerBound, last: years.upperBound) }
}
