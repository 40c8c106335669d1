import Testing

@testable import Postgres

@Suite struct `Text of statements` {
    @Test func `a literal is taken as it stands and may be prepared`() {
        let text: SQLText = "SELECT $1 -- 'a'"
        #expect(text.text == "SELECT $1 -- 'a'")
        #expect(text.isConstant)
    }

    @Test(arguments: [
        (Int64(0), "0"), (7, "7"), (.max, "9223372036854775807"), (-1, "(-1)"),
        (.min + 1, "(-9223372036854775807)"), (.min, "(-9223372036854775807 - 1)"),
    ])
    func `an integer is written so that no sign can begin a comment`(value: Int64, written: String) {
        let text: SQLText = "SELECT 1 -\(literal: value)"
        #expect(text.text == "SELECT 1 -\(written)")
        #expect(!text.isConstant)
    }

    @Test func `narrow integers are written alike`() {
        let text: SQLText = "\(literal: Int32(-2)) \(literal: 3)"
        #expect(text.text == "(-2) 3")
    }

    @Test func `integers together are one array`() {
        let text: SQLText = "SELECT unnest(\(literals: [3, -1, .min]))"
        #expect(text.text == "SELECT unnest('{3,-1,-9223372036854775808}'::bigint[])")
        #expect(!text.isConstant)
        #expect(("\(literals: [])" as SQLText).text == "'{}'::bigint[]")
    }

    @Test(arguments: [
        ("entry", #""entry""#), ("a b", #""a b""#), (#"x"; DROP TABLE y; --"#, #""x""; DROP TABLE y; --""#),
        ("", #""""#), ("表", #""表""#), (#""""#, #""""""""#),
    ])
    func `a name cannot leave its quotes`(name: String, quoted: String) {
        let text: SQLText = "DROP TABLE \(identifier: name)"
        #expect(text.text == "DROP TABLE \(quoted)")
    }

    @Test func `parts keep what they are`() {
        let constant: SQLText = "a"
        let changing: SQLText = "b\(literal: 1)"
        let both: SQLText = "\(constant) \(changing)"
        #expect(both.text == "a b1")
        #expect(!both.isConstant)
        #expect(("x\(constant)" as SQLText).isConstant)
    }

    @Test func `a statement knows its name and place`() {
        #expect(
            "\(Statement("close run", "SELECT 1", file: "Jobs/Runs.swift", line: 41))"
                == "Jobs/Runs.swift:41: close run")
    }
}
