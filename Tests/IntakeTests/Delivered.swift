import Intake

/// A file as read: its good rows, each with its line, and what was reported.
struct Delivered {
    struct Row: Equatable {
        let line: Int
        /// In the order of the contract: the text, or the number in digits; `nil` if not reported.
        let cells: [String?]
    }

    private(set) var rows: [Row] = []
    private(set) var problems: IntakeProblems

    init(_ file: IntakeFile, _ text: String, blockSize: Int = .max, limit: Int = 100) throws {
        try self.init(file, bytes: Array(text.utf8), blockSize: blockSize, limit: limit)
    }

    init(_ file: IntakeFile, bytes: [UInt8], blockSize: Int = .max, limit: Int = 100) throws {
        problems = IntakeProblems(limit: limit)
        let source = ByteArraySource(bytes, blockSize: blockSize)
        var reader = try IntakeReader(file, from: source, reporting: &problems)
        while try reader.next(reporting: &problems) {
            var cells: [String?] = []
            for (index, column) in file.columns.enumerated() {
                if !reader.cells[index].isReported {
                    cells.append(nil)
                } else if column.kind.isText {
                    cells.append(
                        reader.withBytes(of: index) { bytes in
                            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
                        })
                } else {
                    cells.append("\(reader.cells[index].number)")
                }
            }
            rows.append(Row(line: reader.line, cells: cells))
        }
    }

    var messages: [String] { problems.list.map(\.description) }
}

extension IntakeFile {
    var header: String { columns.map(\.name).joined(separator: ",") }

    /// A row without fault, with one cell replaced.
    func row(_ column: String? = nil, _ value: String = "") -> String {
        columns.map { $0.name == column ? value : $0.kind.goodValue }.joined(separator: ",")
    }
}

extension CellKind {
    var goodValue: String {
        switch self {
        case .person: "32070000000001"
        case .text: "H32070001"
        case .name: "某某"
        case .relation: "parent"
        case .money, .amountNotNegative: "1234.50"
        case .date: "2023-01-31"
        case .month: "2023-01"
        case .time: "2023-01-31 23:59:59"
        case .year: "2022"
        case .code: "310"
        case .longCode: "110104"
        case .contributionType: "10"
        case .institutionType: "1"
        case .count: "12"
        case .flag, .validity: "0"
        }
    }

    /// What must be refused in a cell of this kind, and why.
    var badValues: [(value: String, fault: IntakeFault)] {
        switch self {
        case .person, .text:
            [
                (" A1", .surroundingSpace), ("A1 ", .surroundingSpace), ("A1\u{3000}", .surroundingSpace),
                ("\u{A0}A1", .surroundingSpace), (" ", .surroundingSpace), ("A\u{1}1", .controlCharacter),
                ("A\t1", .controlCharacter), ("A\u{7F}", .controlCharacter), ("A\u{85}", .controlCharacter),
                ("\"A\n1\"", .controlCharacter), ("A\u{0}1", .zeroByte),
                (String(repeating: "A", count: 65), .bytes(found: 65, limit: 64)),
            ]
        case .name:
            [(String(repeating: "某", count: 201), .characters(limit: 200)), ("某\u{0}", .zeroByte)]
        case .relation:
            ["Spouse", "sibling", "1", "child "].map { ($0, .notOneOf(["spouse", "parent", "child"])) }
        case .money: CellKind.badMoney
        case .amountNotNegative: CellKind.badMoney + [("-0.01", .belowZero)]
        case .date:
            [
                ("2023-02-29", .noSuchDate), ("2023-13-01", .noSuchDate), ("2023-00-10", .noSuchDate),
                ("2023-04-31", .noSuchDate), ("2023-1-31", .notDate), ("20230131", .notDate),
                ("2023/01/31", .notDate), ("2023-01-31 00:00:00", .notDate), ("31-01-2023", .notDate),
                ("1899-12-31", .yearOutOfRange(first: 1900, last: 2199)),
                ("2200-01-01", .yearOutOfRange(first: 1900, last: 2199)), ("２０２３-01-31", .notDate),
            ]
        case .month:
            [
                ("2023-13", .noSuchMonth), ("2023-00", .noSuchMonth), ("202301", .notMonth), ("2023-1", .notMonth),
                ("2023-01-01", .notMonth), ("1989-12", .yearOutOfRange(first: 1990, last: 2099)),
                ("2100-01", .yearOutOfRange(first: 1990, last: 2099)),
            ]
        case .time:
            [
                ("2023-01-31", .notTime), ("2023-01-31T10:00:00", .notTime), ("2023-01-31 10:00", .notTime),
                ("2023-01-31 10:00:00.5", .notTime), ("2023-01-31 24:00:00", .noSuchTime),
                ("2023-01-31 10:60:00", .noSuchTime), ("2023-01-31 10:00:60", .noSuchTime),
                ("2023-02-29 10:00:00", .noSuchDate), ("1989-12-31 23:59:59", .yearOutOfRange(first: 1990, last: 2099)),
            ]
        case .year:
            [
                ("22", .notYear), ("20220", .notYear), ("2o22", .notYear), ("-022", .notYear),
                ("1989", .yearOutOfRange(first: 1990, last: 2099)), ("2100", .yearOutOfRange(first: 1990, last: 2099)),
            ]
        case .code:
            ["0", "10000", "0310", "31x", "-310", "3.1", "99999999999999999999"].map {
                ($0, .notCode(first: 1, last: 9999))
            }
        case .longCode:
            ["9", "1000000", "011", "11a", "-11"].map { ($0, .notCode(first: 10, last: 999_999)) }
        case .contributionType:
            ["11", "0", "010", "100", "1x", "-10"].map { ($0, .notOneOf(["10", "20", "30", "32", "34", "35", "36"])) }
        case .institutionType:
            ["0", "3", "01", "x"].map { ($0, .notOneOf(["1", "2"])) }
        case .count:
            ["1.5", "-", "+1", "1e3", "1234567890123", "x"].map { ($0, .notCount) }
        case .flag, .validity:
            ["2", "-1", "true", "Y", "00"].map { ($0, .notOneOf(["0", "1"])) }
        }
    }

    private static let badMoney: [(value: String, fault: IntakeFault)] = [
        ("1e3", .exponent), ("\"1,234.50\"", .thousandsSeparator), ("+5", .plusSign), (".5", .noWholeYuan),
        ("-.5", .noWholeYuan), ("5.", .noDecimals), ("12.345", .tooManyDecimals), ("12.3400", .tooManyDecimals),
        ("-", .notMoney), ("--5", .notMoney), ("5-", .notMoney), ("1.2.3", .notMoney), ("¥5", .notMoney),
        (" 5", .notMoney), ("5元", .notMoney), ("NaN", .notMoney), ("0x10", .notMoney),
        ("92233720368547758.08", .moneyTooLarge), ("-92233720368547758.09", .moneyTooLarge),
        ("92233720368547759", .moneyTooLarge), ("99999999999999999999999999", .moneyTooLarge),
    ]
}
