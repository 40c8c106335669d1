package import Money

/// One row of the detail file of transaction 3202: UTF-8 text without a header, a row a line, the seven fields separated by
/// tabs, an empty field written as `null`.
///
///     setl_id  mdtrt_id  psn_no  medfee_sumamt  fund_pay_sumamt  acct_pay  refd_setl_flag
package struct DetailRow: Hashable, Sendable {
    package let settlement: String
    package let visit: String?
    package let person: String?
    package let total: Fen
    /// `nil` where the file says `null`: nothing was paid from there.
    package let fund: Fen?
    /// The own account.
    package let account: Fen?
    package let isRefund: Bool

    package init(
        settlement: String, visit: String?, person: String?, total: Fen, fund: Fen?, account: Fen?, isRefund: Bool
    ) {
        self.settlement = settlement
        self.visit = visit
        self.person = person
        self.total = total
        self.fund = fund
        self.account = account
        self.isRefund = isRefund
    }

    /// The interface's names, in the order of the file.
    package static let columns = [
        "setl_id", "mdtrt_id", "psn_no", "medfee_sumamt", "fund_pay_sumamt", "acct_pay", "refd_setl_flag",
    ]
}

extension DetailRow {
    /// The line with its line feed.
    ///
    /// - Throws: the first column that cannot be written, as one that holds a tab.
    package func line() throws(DetailCellFault) -> String {
        let texts: [String?] = [
            try written(settlement, 0), try visit.map { text throws(DetailCellFault) in try written(text, 1) },
            try person.map { text throws(DetailCellFault) in try written(text, 2) },
            "\(total)", fund.map { "\($0)" }, account.map { "\($0)" }, isRefund ? "1" : "0",
        ]
        return texts.map { $0 ?? "null" }.joined(separator: "\t") + "\n"
    }

    private func written(_ text: String, _ column: Int) throws(DetailCellFault) -> String {
        do throws(DetailFault) {
            try checkDetailText(text)
            guard text != "null" else { throw .readAsEmpty }
        } catch {
            throw DetailCellFault(column: DetailRow.columns[column], value: shownText(text), fault: error)
        }
        return text
    }
}

extension DetailRow {
    /// Reads a line without its line feed.
    ///
    /// Empty may be the visit and the person, which serve no comparison, and the fund's and the account's payment.
    package init(line bytes: some Collection<UInt8>) throws(DetailCellFault) {
        guard let line = String(validating: bytes, as: UTF8.self) else {
            throw DetailCellFault(column: nil, value: nil, fault: .notUTF8)
        }
        let texts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard texts.count == DetailRow.columns.count else {
            throw DetailCellFault(column: nil, value: nil, fault: .fieldCount(texts.count))
        }
        guard texts != DetailRow.columns else { throw DetailCellFault(column: nil, value: nil, fault: .header) }
        func read<Value>(
            _ column: Int, _ convert: (String) throws(DetailFault) -> Value
        ) throws(DetailCellFault) -> Value? {
            guard texts[column] != "null" else { return nil }
            do throws(DetailFault) {
                guard !texts[column].isEmpty else { throw .nothing }
                return try convert(texts[column])
            } catch {
                throw DetailCellFault(
                    column: DetailRow.columns[column], value: shownText(texts[column]), fault: error)
            }
        }
        func required<Value>(_ column: Int, _ value: Value?) throws(DetailCellFault) -> Value {
            guard let value else {
                throw DetailCellFault(column: DetailRow.columns[column], value: "null", fault: .required)
            }
            return value
        }
        self.init(
            settlement: try required(0, try read(0, readDetailText)), visit: try read(1, readDetailText),
            person: try read(2, readDetailText), total: try required(3, try read(3, readYuan)),
            fund: try read(4, readYuan), account: try read(5, readYuan),
            isRefund: try required(6, try read(6, readFlag)))
    }
}

/// An identifier as the loader lets it in: at most 64 bytes, nothing that cannot be seen, no space at the ends.
private func checkDetailText(_ text: String) throws(DetailFault) {
    guard text.utf8.count <= FactID.capacity else { throw .tooLong(text.utf8.count) }
    for scalar in text.unicodeScalars where scalar.properties.generalCategory == .control {
        throw .controlCharacter
    }
    guard let first = text.first, let last = text.last, !first.isWhitespace, !last.isWhitespace else {
        throw .surroundingSpace
    }
}

private func readDetailText(_ text: String) throws(DetailFault) -> String {
    try checkDetailText(text)
    return text
}

private func readFlag(_ text: String) throws(DetailFault) -> Bool {
    switch text {
    case "0": return false
    case "1": return true
    default: throw .notFlag
    }
}

/// Yuan with at most two decimals: `1234.50`, `-12`, `0.5`.
private func readYuan(_ text: String) throws(DetailFault) -> Fen {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) else {
        throw .notMoney
    }
    let decimals = parts.count == 2 ? String(parts[1]) : ""
    guard decimals.count <= 2 else { throw .tooManyDecimals }
    let digits = parts[0] + decimals + String(repeating: "0", count: 2 - decimals.count)
    guard let fen = Int64((isNegative ? "-" : "") + digits) else { throw .tooLarge }
    return Fen(fen)
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
