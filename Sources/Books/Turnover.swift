package import Money

/// 期初余额、本期发生额、期末余额: what an account went through in a span. Balances stand on the side on which the account
/// grows; a negative one stands on the other side. Corrections in red count on the side where they stand.
package struct Turnover: Hashable, Sendable {
    package let side: Voucher.Line.Side
    package let opening: Fen
    package let debit: Fen
    package let credit: Fen
    package let closing: Fen

    /// - Parameter debitBefore: debits less credits before the span, whatever the side.
    package init(
        on side: Voucher.Line.Side, debitBefore: Fen, debit: Fen, credit: Fen
    ) throws(MoneyOverflow) {
        self.side = side
        opening = try side.balance(debit: debitBefore, credit: .zero)
        self.debit = debit
        self.credit = credit
        closing = try opening + side.balance(debit: debit, credit: credit)
    }

    /// Several accounts of one side taken together.
    package init(on side: Voucher.Line.Side, sumOf parts: [Turnover]) throws(MoneyOverflow) {
        var (opening, debit, credit, closing) = (Fen.zero, Fen.zero, Fen.zero, Fen.zero)
        for part in parts where part.side == side {
            try opening += part.opening
            try debit += part.debit
            try credit += part.credit
            try closing += part.closing
        }
        (self.side, self.opening, self.debit, self.credit, self.closing) = (side, opening, debit, credit, closing)
    }
}

extension Voucher.Line.Side {
    /// What debits and credits leave on this side.
    package func balance(debit: Fen, credit: Fen) throws(MoneyOverflow) -> Fen {
        switch self {
        case .debit: try debit - credit
        case .credit: try credit - debit
        }
    }
}
