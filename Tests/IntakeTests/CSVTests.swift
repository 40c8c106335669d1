import Intake
import Testing

struct CSVCase: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// The certificate numbers of the rows that were read.
    let read: [String?]
    let lines: [Int]
    let messages: [String]

    init(_ description: String, _ text: String, _ read: [String?], _ lines: [Int], _ messages: [String] = []) {
        testDescription = description
        self.text = text
        self.read = read
        self.lines = lines
        self.messages = messages
    }
}

@Suite struct `CSV is read as RFC 4180 says` {
    static let header = "psn_no,psn_name,insu_admdvs\n"

    /// The second column is a name, in which anything may stand.
    @Test(arguments: [
        CSVCase("rows end with a line feed", "P1,a,3\nP2,b,3\n", ["a", "b"], [2, 3]),
        CSVCase("or with carriage return and line feed", "P1,a,3\r\nP2,b,3\r\n", ["a", "b"], [2, 3]),
        CSVCase("the last row needs no end", "P1,a,3\nP2,b,3", ["a", "b"], [2, 3]),
        CSVCase("no rows at all", "", [], []),
        CSVCase("quoted fields", "\"P1\",\"a\",\"3\"\n", ["a"], [2]),
        CSVCase("a comma in quotation marks", "P1,\"a,b\",3\n", ["a,b"], [2]),
        CSVCase("quotation marks are doubled", "P1,\"a\"\"b\",3\nP2,\"\"\"\",3\n", ["a\"b", "\""], [2, 3]),
        CSVCase(
            "a line break in quotation marks; later rows know their physical line", "P1,\"a\nb\r\nc\",3\nP2,d,3",
            ["a\nb\r\nc", "d"], [2, 5]),
        CSVCase("an empty quoted field is empty", "P1,\"\",3\n", [nil], [2]),
        CSVCase("spaces belong to the field", "P1, a ,3\n", [" a "], [2]),
        CSVCase(
            "an empty line", "P1,a,3\n\nP2,b,3\n", ["a", "b"], [2, 4],
            ["person.csv:3: the line is empty; take the line out"]),
        CSVCase(
            "a field too few and one too many", "P1,a\nP2,b,3\nP3,c,3,\n", ["b"], [3],
            [
                "person.csv:2: 2 fields where the header has 3; "
                    + "write one field for each column, and quote a field that holds a comma",
                "person.csv:4: 4 fields where the header has 3; "
                    + "write one field for each column, and quote a field that holds a comma",
            ]),
        CSVCase(
            "a quotation mark in the middle", "P1,a\"b\",3\nP2,b,3\n", ["b"], [3],
            [
                "person.csv:2: a quotation mark inside a field that does not begin with one; "
                    + "put the whole field in quotation marks and write each inner one twice"
            ]),
        CSVCase(
            "text after the closing quotation mark", "P1,\"a\nb\" c,3\nP2,b,3\n", ["b"], [4],
            [
                "person.csv:2: text after the closing quotation mark of a field; "
                    + "end the field after its closing quotation mark, and write an inner one twice"
            ]),
        CSVCase(
            "a quotation mark that nothing closes", "P1,a,3\nP2,\"b,3\nP3,c,3\n", ["a"], [2],
            ["person.csv:3: a quotation mark opens a field and nothing closes it; close the field"]),
        CSVCase(
            "a carriage return alone", "P1,a\rb,3\nP2,b,3\nP3,c,3\r", ["b"], [3],
            [
                "person.csv:2: a carriage return that no line feed follows; "
                    + "end lines with a line feed, or quote the field",
                "person.csv:4: a carriage return that no line feed follows; "
                    + "end lines with a line feed, or quote the field",
            ]),
        CSVCase(
            "a zero byte", "P1,a\u{0},3\n", [], [], ["person.csv:2: psn_name: holds a zero byte; take it out"]),
    ])
    func `whatever the blocks it comes in`(example: CSVCase) throws {
        for blockSize in [.max, 1, 2, 3, 5, 7, 11, 17] {
            let delivered = try Delivered(.person, Self.header + example.text, blockSize: blockSize)
            #expect(delivered.rows.map { $0.cells[1] } == example.read, "blocks of \(blockSize)")
            #expect(delivered.rows.map(\.line) == example.lines, "blocks of \(blockSize)")
            #expect(delivered.messages == example.messages, "blocks of \(blockSize)")
        }
    }

    @Test(arguments: 1...4)
    func `A byte order mark is passed over`(blockSize: Int) throws {
        let delivered = try Delivered(.person, "\u{FEFF}" + Self.header + "P1,a,3", blockSize: blockSize)
        #expect(delivered.messages == [])
        #expect(delivered.rows.count == 1)
    }

    @Test func `A row longer than 64 KiB is refused, and what follows is not guessed at`() throws {
        let name = String(repeating: "a", count: 65_536)
        let message = """
            person.csv:2: the row is longer than 65536 bytes; the rest of the file was not checked; \
            look for a quotation mark that is not closed
            """
        #expect(try Delivered(.person, Self.header + "P1,\(name),3\nP2,b,3\n").messages == [message])
        let open = String(repeating: "P2,b,3\n", count: 40_000)
        #expect(try Delivered(.person, Self.header + "P1,\"a,3\n\(open)").messages == [message])
    }

    @Test func `A file of many blocks is read to its end`() throws {
        let rows = (1...50_000).map { "P\($0),\"a\"\"\($0)\",3\n" }.joined()
        let delivered = try Delivered(.person, Self.header + rows)
        #expect(delivered.rows.count == 50_000)
        #expect(delivered.rows.last?.cells[1] == "a\"50000")
        #expect(delivered.rows.last?.line == 50_001)
    }
}

@Suite struct `The header` {
    @Test(arguments: [
        ("", ["person.csv: the file is empty; write at least the header, or leave the file out"]),
        ("\u{FEFF}", ["person.csv: the file is empty; write at least the header, or leave the file out"]),
        (
            "psn_no,insu_admdvs,psn_nr\n",
            [
                "person.csv:1: column \"psn_nr\": not a column of this file; the columns are psn_no, psn_name, gend, "
                    + "brdy, certno, insu_admdvs, death_date, vali_flag"
            ]
        ),
        (
            "psn_no,insu_admdvs, gend\n",
            [
                "person.csv:1: column \" gend\": not a column of this file; the columns are psn_no, psn_name, gend, "
                    + "brdy, certno, insu_admdvs, death_date, vali_flag"
            ]
        ),
        ("psn_no,insu_admdvs,psn_no\n", ["person.csv:1: psn_no: stands twice in the header; keep one of the two"]),
        (
            "psn_name\n",
            [
                "person.csv:1: psn_no: missing from the header; add the column",
                "person.csv:1: insu_admdvs: missing from the header; add the column",
            ]
        ),
        (
            "psn_no,\"insu_admdvs\n",
            ["person.csv:1: a quotation mark opens a field and nothing closes it; close the field"]
        ),
    ])
    func `is refused by name, and then no row is read`(text: String, messages: [String]) throws {
        let delivered = try Delivered(.person, text + "P1,3,x\n")
        if text.isEmpty || text == "\u{FEFF}" {
            #expect(try Delivered(.person, text).messages == messages)
        } else {
            #expect(delivered.messages == messages)
            #expect(delivered.rows == [])
        }
    }

    @Test func `may name the columns in any order and leave out those that may be empty`() throws {
        let delivered = try Delivered(.familyLink, "begndate,rlts_type,rlts_psn_no,psn_no\n2023-01-01,child,P2,P1\n")
        let (owner, relative) = (PersonID(number: "P1").rawValue, PersonID(number: "P2").rawValue)
        #expect(delivered.rows.map(\.cells) == [["\(owner)", "\(relative)", "child", "8401", nil, nil]])
    }
}
