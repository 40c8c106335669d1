import Jobs
import Money
import Testing

private let plain = DetailRow(
    settlement: "S1", visit: "M1", person: "P1", total: Fen(100_00), fund: Fen(60_05), account: Fen(0), isRefund: false)

@Suite struct `A row of the detail file (3202)` {
    @Test func `is seven fields with tabs, in the interface's order`() throws {
        #expect(try plain.line() == "S1\tM1\tP1\t100.00\t60.05\t0.00\t0\n")
    }

    @Test func `writes what is empty as null`() throws {
        let row = DetailRow(
            settlement: "S1", visit: nil, person: nil, total: Fen(-1), fund: nil, account: nil, isRefund: true)
        #expect(try row.line() == "S1\tnull\tnull\t-0.01\tnull\tnull\t1\n")
    }

    @Test(arguments: [
        plain,
        DetailRow(
            settlement: "结算1", visit: "就诊 2", person: "人员", total: Fen(-12_05), fund: Fen(-1), account: nil,
            isRefund: true),
        DetailRow(
            settlement: "x", visit: nil, person: nil, total: Fen(.max), fund: Fen(.min + 1), account: Fen(7),
            isRefund: false),
        DetailRow(
            settlement: "Null", visit: "NULL", person: "nul", total: .zero, fund: nil, account: .zero, isRefund: false),
    ])
    func `is read back equal`(row: DetailRow) throws {
        #expect(try DetailRow(line: Array(try row.line().utf8.dropLast())) == row)
    }

    @Test(arguments: [
        ("S\t1", "holds a control character"),
        ("S\n", "holds a control character"),
        (" S", "begins or ends with a space"),
        ("", "begins or ends with a space"),
        ("null", "the text null, which would be read as empty"),
        (String(repeating: "é", count: 33), "66 bytes long, more than 64"),
    ])
    func `cannot be written with a text that would not be read back`(text: String, reason: String) throws {
        let row = DetailRow(
            settlement: text, visit: nil, person: nil, total: .zero, fund: nil, account: nil, isRefund: false)
        let fault = #expect(throws: DetailCellFault.self) { try row.line() }
        #expect(fault?.column == "setl_id")
        #expect(fault?.fault.reason == reason)
    }

    @Test(arguments: [
        (
            "S1\tM1\tP1\t1.00\t1.00\t0.00",
            "a.zip:3: 6 fields where a row has 7; write setl_id, mdtrt_id, psn_no, "
                + "medfee_sumamt, fund_pay_sumamt, acct_pay, refd_setl_flag, separated by tabs"
        ),
        (
            "S1\tM1\tP1\t1.00\t1.00\t0.00\t0\t",
            "a.zip:3: 8 fields where a row has 7; write setl_id, mdtrt_id, psn_no, "
                + "medfee_sumamt, fund_pay_sumamt, acct_pay, refd_setl_flag, separated by tabs"
        ),
        (
            "setl_id\tmdtrt_id\tpsn_no\tmedfee_sumamt\tfund_pay_sumamt\tacct_pay\trefd_setl_flag",
            "a.zip:3: a header; take the line out, the file has rows only"
        ),
        ("null\tM1\tP1\t1.00\t1.00\t0.00\t0", "a.zip:3: setl_id \"null\": empty; write a value"),
        (
            "S1\t\tP1\t1.00\t1.00\t0.00\t0",
            "a.zip:3: mdtrt_id \"\": nothing between two tabs; write null for an empty field"
        ),
        (
            "S1\tM1\tP\u{7}1\t1.00\t1.00\t0.00\t0",
            "a.zip:3: psn_no: holds a control character; write printable characters only"
        ),
        ("S1\tM1\tP1\tnull\t1.00\t0.00\t0", "a.zip:3: medfee_sumamt \"null\": empty; write a value"),
        (
            "S1\tM1\tP1\t1,00\t1.00\t0.00\t0",
            "a.zip:3: medfee_sumamt \"1,00\": not an amount of money; write yuan with at most two decimals, as 12.34"
        ),
        (
            "S1\tM1\tP1\t1.00\t1.005\t0.00\t0",
            "a.zip:3: fund_pay_sumamt \"1.005\": more than two decimals; write yuan with at most two decimals, as 12.34"
        ),
        (
            "S1\tM1\tP1\t1.00\t1.00\t.5\t0",
            "a.zip:3: acct_pay \".5\": not an amount of money; write yuan with at most two decimals, as 12.34"
        ),
        (
            "S1\tM1\tP1\t1.00\t1.00\t1e5\t0",
            "a.zip:3: acct_pay \"1e5\": not an amount of money; write yuan with at most two decimals, as 12.34"
        ),
        (
            "S1\tM1\tP1\t92233720368547758.08\t1.00\t0.00\t0",
            "a.zip:3: medfee_sumamt \"92233720368547758.08\": does not fit 64 bits of fen; look at the amount; it cannot be right"
        ),
        (
            "S1\tM1\tP1\t1.00\t1.00\t0.00\t2",
            "a.zip:3: refd_setl_flag \"2\": not a flag; write 0, or 1 on the row of a refund"
        ),
    ])
    func `that is bad says where, what, and what to write`(line: String, message: String) throws {
        let fault = try #require(throws: DetailCellFault.self) { try DetailRow(line: Array(line.utf8)) }
        #expect("\(DetailProblem(file: "a.zip", line: 3, cell: fault))" == message)
    }

    @Test func `must be UTF-8`() throws {
        let fault = #expect(throws: DetailCellFault.self) { try DetailRow(line: [0x53, 0xFF]) }
        #expect(fault?.fault == .notUTF8)
    }

    @Test(arguments: [("12", 12_00), ("-0.5", -50), ("0", 0), ("007.10", 7_10)] as [(String, Int64)])
    func `reads amounts with fewer decimals`(text: String, fen: Int64) throws {
        #expect(try DetailRow(line: Array("S1\tnull\tnull\t\(text)\tnull\tnull\t0".utf8)).total == Fen(fen))
    }
}
