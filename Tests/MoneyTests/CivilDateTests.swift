import Money
import Testing

@Suite struct `Civil dates` {
    @Test(arguments: [
        ("2000-01-01", Int32(0)), ("1999-12-31", -1), ("2023-01-01", 8401), ("2024-02-29", 8825),
        ("1970-01-01", -10_957), ("0001-01-01", -730_119), ("9999-12-31", 2_921_939),
    ])
    func `a date is PostgreSQL's count of days since 2000-01-01`(text: String, number: Int32) throws {
        let date = try #require(CivilDate(text))
        #expect(date.dayNumber == number)
        #expect(CivilDate(dayNumber: number).description == text)
    }

    @Test func `every day of 800 years follows its predecessor`() throws {
        var date = try #require(CivilDate(year: 1700, month: 1, day: 1))
        for _ in 0..<292_194 {
            let next = date.adding(days: 1)
            if next.month == date.month {
                #expect(next.day == date.day + 1)
            } else {
                #expect(next.day == 1 && next.month == date.month.next && date.day == date.month.dayCount)
            }
            date = next
        }
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-1-01", "2023-01-32", "20230101", "2023-01-01 ",
        "+023-01-01", "２０２３-01-01", "",
    ])
    func `what is no date is refused`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `29 February is the last day of a leap year's February`() throws {
        #expect(try #require(Month("2024-02")).lastDay == CivilDate("2024-02-29"))
        #expect(try #require(Month("2023-02")).lastDay == CivilDate("2023-02-28"))
        #expect(try #require(Month("2100-02")).dayCount == 28)
    }

    @Test func `December is followed by January`() throws {
        let december = try #require(Month("2023-12"))
        #expect(december.next.description == "2024-01")
        #expect(december.next.previous == december)
        #expect(december.distance(to: december.adding(months: 15)) == 15)
    }

    @Test(arguments: ["2023-13", "2023-00", "2023-1", "2023/01", "2023-01-01", ""])
    func `what is no month is refused`(text: String) {
        #expect(Month(text) == nil)
    }

    @Test func `midnight in Shanghai is four in the afternoon of the day before in UTC`() throws {
        // 2022-12-31 16:00:00 UTC
        let time = CivilTime(unixSeconds: 1_672_502_400)
        #expect(time.description == "2023-01-01 00:00:00")
        #expect(CivilTime(unixSeconds: 1_672_502_399).date == CivilDate("2022-12-31"))
        #expect(time.unixSeconds == 1_672_502_400)
        #expect(CivilTime(secondNumber: -1).description == "1999-12-31 23:59:59")
    }
}
