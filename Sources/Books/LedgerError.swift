package import Money

/// What the books refuse.
package enum LedgerError: Error, Hashable {
    case unbalanced(VoucherKind, difference: Fen)
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
        case .overflow(let error): "\(error)"
        }
    }
}
