/// The names under which hledger knows subjects and institutions: `负债:2101 应付定点机构:H001 第一医院`.
package struct HledgerAccounts: Sendable {
    private let subjects: [LedgerSubject]
    private let classes: [String: SubjectClass]
    private let subjectNames: [String: String]
    private let institutionNames: [String: String]

    /// - Parameters:
    ///   - subjects: the whole chart of accounts.
    ///   - institutions: those with a name; the others go by their code alone.
    package init(subjects: [LedgerSubject], institutions: [LedgerInstitution]) {
        self.subjects = subjects
        classes = Dictionary(subjects.map { ($0.code, $0.subjectClass) }) { first, _ in first }
        subjectNames = Dictionary(
            subjects.map { ($0.code, "\($0.subjectClass.hledgerRoot):\(hledgerName($0.code, $0.name))") }
        ) { first, _ in first }
        institutionNames = Dictionary(institutions.map { ($0.code, $0.name) }) { first, _ in first }
    }

    /// - Throws: ``LedgerError/unknownSubject(_:)``.
    package func name(of account: BookAccount) throws(LedgerError) -> String {
        guard let subject = subjectNames[account.subject] else { throw .unknownSubject(account.subject) }
        guard let institution = account.institution else { return subject }
        return "\(subject):\(hledgerName(institution, institutionNames[institution] ?? ""))"
    }

    /// The five roots and all subjects with their types, and those institutions that accounts are held by.
    func directives(for accounts: [BookAccount]) throws(LedgerError) -> [String] {
        var lines: [String] = []
        for subjectClass in SubjectClass.allCases {
            lines.append("account \(subjectClass.hledgerRoot)  ; type:\(subjectClass.hledgerType)")
        }
        let held = Dictionary(grouping: accounts.filter { $0.institution != nil }, by: \.subject)
        for subject in subjects {
            let name = try name(of: BookAccount(subject: subject.code, institution: nil))
            lines.append("account \(name)  ; type:\(subject.subjectClass.hledgerType)")
            for account in held[subject.code] ?? [] {
                lines.append("account \(try self.name(of: account))")
            }
        }
        return lines
    }
}

extension SubjectClass {
    /// 会计要素.
    fileprivate var hledgerRoot: String {
        switch self {
        case .asset: "资产"
        case .liability: "负债"
        case .equity: "净资产"
        case .income: "收入"
        case .expenditure: "支出"
        }
    }

    fileprivate var hledgerType: String {
        switch self {
        case .asset: "A"
        case .liability: "L"
        case .equity: "E"
        case .income: "R"
        case .expenditure: "X"
        }
    }
}

/// One part of an account's name. The code comes first and keeps parts apart that have the same name, so it is written
/// without loss: what is not a letter, digit or one of `-._` is `%` and its bytes.
private func hledgerName(_ code: String, _ name: String) -> String {
    var text = ""
    for byte in code.utf8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            text.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }
    let words = hledgerText(name)
    return words.isEmpty ? text : "\(text) \(words)"
}

/// A text that may stand anywhere in a journal: on one line, words one space apart (two would end an account's name), and
/// the characters that mean something to hledger in their full width.
func hledgerText(_ text: String) -> String {
    var result = ""
    var isBetweenWords = false
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator:
            isBetweenWords = true
            continue
        default:
            if isBetweenWords && !result.isEmpty { result += " " }
            isBetweenWords = false
        }
        switch scalar {
        case ";": result += "；"
        case ":": result += "："
        case ",": result += "，"
        case "|": result += "｜"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
