import Intake
import Testing

@Suite struct `A problem says where, what, and what to write` {
    static let money = "write yuan with at most two decimals, as 12.34"

    @Test(arguments: [
        ("clct_base", "12.345", "clct_base \"12.345\": more than two decimals; \(money)"),
        ("clct_base", "1e3", "clct_base \"1e3\": an exponent; \(money)"),
        ("clct_base", "5.", "clct_base \"5.\": a decimal point and nothing after it; \(money)"),
        ("clct_base", "abc", "clct_base \"abc\": not an amount of money; \(money)"),
        ("clct_base", "\"1,234\"", "clct_base \"1,234\": a comma in a number; write 1234.50, not 1,234.50"),
        ("clct_base", "+5", "clct_base \"+5\": a plus sign; write 12.34, and -12.34 for what is taken back"),
        ("clct_base", ".5", "clct_base \".5\": no digit before the decimal point; write 0.50, not .50"),
        (
            "clct_base", "99999999999999999999",
            "clct_base \"99999999999999999999\": does not fit 64 bits of fen; look at the amount; it cannot be right"
        ),
        ("clct_time", "1.2.2023", "clct_time \"1.2.2023\": not a date; write YYYY-MM-DD, as 2023-01-31"),
        ("clct_time", "2023-02-29", "clct_time \"2023-02-29\": there is no such date; write YYYY-MM-DD, as 2023-01-31"),
        ("clct_time", "1023-02-28", "clct_time \"1023-02-28\": the year is not one of 1900 to 2199; look at the year"),
        ("accrym", "202301", "accrym \"202301\": not a month; write YYYY-MM, as 2023-01"),
        ("accrym", "2023-13", "accrym \"2023-13\": there is no such month; write YYYY-MM, as 2023-01"),
        ("insutype", "x", "insutype \"x\": not a code between 1 and 9999; write the national code, digits only"),
        (
            "clct_type", "11",
            "clct_type \"11\": not one of the values known; write one of 10, 20, 30, 32, 34, 35, 36"
        ),
        ("psn_no", "", "psn_no: empty; write a value"),
        ("clct_id", " C1", "clct_id \" C1\": begins or ends with a space; take the space away"),
        (
            "clct_id", "C\u{7}1",
            "clct_id \"C\\u{07}1\": holds a control character; write printable characters only"
        ),
        (
            "clct_id", String(repeating: "C", count: 70),
            "clct_id \"\(String(repeating: "C", count: 40))…\": 70 bytes long, more than 64; "
                + "write the identifier as the platform issued it"
        ),
    ])
    func `of contribution.csv`(column: String, value: String, message: String) throws {
        let file = IntakeFile.contribution
        let delivered = try Delivered(file, "\(file.header)\n\(file.row(column, value))")
        #expect(delivered.messages == ["contribution.csv:2: \(message)"])
    }

    @Test(arguments: [
        (IntakeFile.fixedCredit, "year", "22", "year \"22\": not a year; write four digits, as 2022"),
        (
            .fixedCredit, "year_total", "-1",
            "year_total \"-1\": below zero; write an amount of 0.00 or more"
        ),
        (
            .settlement, "setl_time", "2023-01-31",
            "setl_time \"2023-01-31\": not a time; write YYYY-MM-DD HH:MM:SS, as 2023-01-31 23:59:59"
        ),
        (
            .settlement, "setl_time", "2023-01-31 24:00:00",
            "setl_time \"2023-01-31 24:00:00\": there is no such time of day; "
                + "write YYYY-MM-DD HH:MM:SS, as 2023-01-31 23:59:59"
        ),
        (
            .institutionStatement, "fixmedins_setl_cnt", "1.5",
            "fixmedins_setl_cnt \"1.5\": not a whole number; write digits only, with a minus sign in front if below zero"
        ),
        (
            .institution, "fixmedins_name", String(repeating: "院", count: 201),
            "fixmedins_name \"\(String(repeating: "院", count: 40))…\": longer than 200 characters; shorten it"
        ),
        (
            .enrolment, "enddate", "2023-01-30",
            "enddate \"2023-01-30\": before begndate; "
                + "exchange the two dates, or leave the later one empty where it may be"
        ),
    ])
    func `of the other files`(file: IntakeFile, column: String, value: String, message: String) throws {
        let delivered = try Delivered(file, "\(file.header)\n\(file.row(column, value))")
        #expect(delivered.messages == ["\(file.name):2: \(message)"])
    }

    @Test func `What is not UTF-8`() throws {
        let bytes = Array("psn_no,insu_admdvs\nP".utf8) + [0xFF] + Array(",3\n".utf8)
        #expect(
            try Delivered(.person, bytes: bytes).messages
                == ["person.csv:2: psn_no \"P\u{FFFD}\": not UTF-8; write the file in UTF-8"])
    }

    @Test func `A mirror row names its original`() throws {
        let file = IntakeFile.settlement
        let header = file.columns.map(\.name).filter { $0 != "init_setl_id" }
        let row = file.columns.filter { $0.name != "init_setl_id" }
            .map { $0.name == "refd_setl_flag" ? "1" : $0.kind.goodValue }
        let text = header.joined(separator: ",") + "\n" + row.joined(separator: ",")
        #expect(
            try Delivered(file, text).messages
                == [
                    "settlement.csv:2: init_setl_id: empty, though refd_setl_flag is 1; "
                        + "name the original that the row takes back"
                ])
    }

    @Test(arguments: [
        (
            IntakeFault.otherContentOnLine(4),
            "person.csv:9: psn_no: the same key stands on line 4 with other content; deliver one of the two"
        ),
        (
            .otherContentInBatch(3),
            "person.csv:9: psn_no: delivered in batch 3 with other content; "
                + "events are never replaced: deliver a new row with its own id (refund, difference)"
        ),
        (
            .sharedPersonKey,
            "person.csv:9: psn_no: has the internal key of another person number; "
                + "deliver neither of the two and report the case; the key is a digest of the number"
        ),
    ])
    func `What only the database can tell`(fault: IntakeFault, message: String) {
        #expect(IntakeProblem(file: "person.csv", line: 9, column: "psn_no", fault).description == message)
    }

    @Test func `Names and certificate numbers are not shown`() throws {
        let file = IntakeFile.person
        let certificate = String(repeating: "3", count: 65)
        let name = String(repeating: "张", count: 201)
        let text = "psn_no,psn_name,certno,insu_admdvs\nP1,\(name),\(certificate),320700\n"
        #expect(
            try Delivered(file, text).messages
                == [
                    "person.csv:2: psn_name: longer than 200 characters; shorten it",
                    "person.csv:2: certno: 65 bytes long, more than 64; write the identifier as the platform issued it",
                ])
    }

    @Test func `All problems are listed up to the limit, and then it is said that there may be more`() throws {
        let rows = (1...5).map { "P\($0),\n" }.joined()
        let delivered = try Delivered(.person, "psn_no,insu_admdvs\n" + rows, limit: 3)
        #expect(
            delivered.problems.description == """
                person.csv:2: insu_admdvs: empty; write a value
                person.csv:3: insu_admdvs: empty; write a value
                person.csv:4: insu_admdvs: empty; write a value
                and more may be wrong: the first 3 problems are shown
                """)
        let complete = try Delivered(.person, "psn_no,insu_admdvs\nP1,\nP2,3\n")
        #expect(complete.problems.description == "person.csv:2: insu_admdvs: empty; write a value")
    }
}
