package import Money

/// What the books refuse.
package enum LedgerError: Error, Hashable {
    case unbalanced(VoucherKind, difference: Fen)
    /// A trial balance whose debits and credits of the span are not equal.
    case turnoversDiffer(BookSpan, debit: Fen, credit: Fen)
    /// A trial balance whose debit and credit balances before the span are not equal.
    case openingsDiffer(BookSpan, debit: Fen, credit: Fen)
    /// A line stands under a subject that the chart of accounts does not have.
    case unknownSubject(String)
    case overflow(MoneyOverflow)

    /// Runs arithmetic on money and names its overflow as an error of the books.
    static func catchingOverflow<R>(_ body: () throws(MoneyOverflow) -> R) throws(LedgerError) -> R {
        do {
            return try body()
        } catch {
            throw .overflow(error)
        }
    }
}

extension LedgerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unbalanced(let kind, let difference):
            "voucher \(kind.rawValue): debit − credit = \(difference); nothing was posted. This is a fault of the program."
        case .turnoversDiffer(let span, let debit, let credit):
            "books of \(span): debits are \(debit), credits \(credit). A voucher was altered after it was posted; "
                + "look in report.voucher_line for the one whose debits and credits are not equal."
        case .openingsDiffer(let span, let debit, let credit):
            "books before \(span.first.map(\.description) ?? "\(span)"): debit balances are \(debit), credit balances "
                + "\(credit). A voucher was altered after it was posted; look in report.voucher_line for the one whose "
                + "debits and credits are not equal."
        case .unknownSubject(let code):
            "a voucher stands under subject \(code), which the chart of accounts does not have; look in ledger.subject."
        case .overflow(let error): "\(error)"
        }
    }
}
