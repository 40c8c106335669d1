package import Money

/// The books in hledger's journal format, as bytes: plain text that hledger reads and checks by itself. Debits are
/// positive and credits negative; lines in red stand as they are, under a tag `red` with their side.
///
/// Directives come first, then the opening if there is one, the vouchers in the order of the books, and the closing,
/// which asserts what our own sums say of every account. Bytes are taken as they come, so that a journal may be longer
/// than memory.
package struct HledgerJournal {
    private let accounts: HledgerAccounts
    private var bytes: [UInt8] = []

    package init(_ accounts: HledgerAccounts) {
        self.accounts = accounts
    }

    /// How many bytes wait to be taken.
    package var byteCount: Int { bytes.count }

    /// What was written since bytes were last taken.
    package mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// Title, commodity and accounts.
    ///
    /// - Parameter used: accounts of institutions that will come, in the order in which they should be declared.
    package mutating func begin(_ span: BookSpan, _ used: [BookAccount]) throws(LedgerError) {
        line("; 共济 Gongji: books, \(span). Yuan; debits are positive, credits negative.")
        line("")
        line("commodity 1000.00 CNY")
        line("")
        for directive in try accounts.directives(for: used) { line(directive) }
    }

    /// 年初余额: what the accounts came to before the first voucher, as one transaction.
    package mutating func open(_ balances: [BookBalance], on date: CivilDate) throws(LedgerError) {
        let standing = balances.filter { $0.debitBefore != .zero }
        guard !standing.isEmpty else { return }
        transaction("\(date) (opening) 年初余额", tags: ["kind:opening"])
        for balance in standing {
            try posting(balance.account, balance.debitBefore)
        }
    }

    package mutating func append(_ voucher: BookVoucher) throws(LedgerError) {
        var tags = [
            "run:\(voucher.run)", "kind:\(hledgerText(voucher.kind))", "article:\(hledgerText(voucher.article))",
        ]
        if voucher.voucherDate != voucher.bookDate { tags.append("voucher_date:\(voucher.voucherDate)") }
        transaction(
            "\(voucher.bookDate) (\(voucher.run)/\(voucher.number)) \(hledgerText(voucher.summary))", tags: tags)
        for item in voucher.lines {
            let amount = try LedgerError.catchingOverflow { () throws(MoneyOverflow) in
                try item.debit - item.credit
            }
            let red = item.debit < .zero ? "  ; red:debit" : item.credit < .zero ? "  ; red:credit" : ""
            try posting(item.account, amount, red)
        }
    }

    /// 期末余额: asserts what each account comes to; a subject held by institution as a whole, too.
    package mutating func close(_ balances: [BookBalance], on date: CivilDate) throws(LedgerError) {
        guard !balances.isEmpty else { return }
        transaction("\(date) (closing) 期末余额", tags: ["kind:closing"])
        var index = balances.startIndex
        while index < balances.endIndex {
            let code = balances[index].account.subject
            var (sum, isHeld) = (Fen.zero, false)
            while index < balances.endIndex, balances[index].account.subject == code {
                let balance = balances[index]
                sum = try LedgerError.catchingOverflow { () throws(MoneyOverflow) in
                    try sum + balance.debitAfter
                }
                if balance.account.institution != nil { isHeld = true }
                try posting(balance.account, .zero, " = \(balance.debitAfter) CNY")
                index += 1
            }
            if isHeld {
                try posting(BookAccount(subject: code, institution: nil), .zero, " =* \(sum) CNY")
            }
        }
    }

    private mutating func transaction(_ title: String, tags: [String]) {
        line("")
        line("\(title)  ; \(tags.joined(separator: ", "))")
    }

    private mutating func posting(
        _ account: BookAccount, _ amount: Fen, _ remainder: String = ""
    ) throws(LedgerError) {
        line("    \(try accounts.name(of: account))  \(amount) CNY\(remainder)")
    }

    private mutating func line(_ text: String) {
        bytes += text.utf8
        bytes.append(UInt8(ascii: "\n"))
    }
}
