/// A moment on the clocks of the business zone, Asia/Shanghai, to the second: seconds since 2000-01-01 00:00:00 there.
@usableFromInline package struct CivilTime: Hashable, Sendable {
    @usableFromInline package let secondNumber: Int64

    @inlinable package init(secondNumber: Int64) {
        self.secondNumber = secondNumber
    }

    package init(_ date: CivilDate, secondOfDay: Int = 0) {
        self.init(secondNumber: Int64(date.dayNumber) * 86_400 + Int64(secondOfDay))
    }

    /// The moment in the business zone of a count of seconds since the Unix epoch (UTC).
    ///
    /// Asia/Shanghai has been eight hours ahead of UTC without summer time since 1991, before any fact settled here.
    package init(unixSeconds: Int64) {
        self.init(secondNumber: unixSeconds + 8 * 3600 - CivilTime.unixSecondsOf2000)
    }

    @inlinable package var date: CivilDate {
        let day = secondNumber >= 0 ? secondNumber / 86_400 : (secondNumber - 86_399) / 86_400
        return CivilDate(dayNumber: Int32(truncatingIfNeeded: day))
    }

    /// 0 to 86 399.
    package var secondOfDay: Int {
        Int(secondNumber - Int64(date.dayNumber) * 86_400)
    }

    /// Seconds since the Unix epoch, UTC.
    package var unixSeconds: Int64 { secondNumber - 8 * 3600 + CivilTime.unixSecondsOf2000 }

    private static let unixSecondsOf2000: Int64 = 946_684_800
}

extension CivilTime: Comparable {
    @inlinable package static func == (left: CivilTime, right: CivilTime) -> Bool {
        left.secondNumber == right.secondNumber
    }

    @inlinable package static func < (left: CivilTime, right: CivilTime) -> Bool {
        left.secondNumber < right.secondNumber
    }
}

extension CivilTime: CustomStringConvertible {
    /// `YYYY-MM-DD HH:MM:SS`.
    @usableFromInline package var description: String {
        let second = secondOfDay
        return "\(date) \(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60)):\(twoDigits(second % 60))"
    }
}
