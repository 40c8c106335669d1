import Money
import Reports
import Settlement

/// A statement as a record of the report: the person's row, and the rows of account, settlements and family payments.
struct StatementRecord {
    private let statement: AccountStatement
    /// Whose rows these are: number in the report, `psn_no`, `psn_name`.
    private let key: [Cell]

    /// - Parameter number: the person's place in the report, from 1.
    init(_ statement: AccountStatement, number: Int64) {
        self.statement = statement
        let holder = statement.holder
        key = [
            .count(number), holder.number.map(Cell.identifier) ?? .empty, holder.name.map(Cell.text) ?? .empty,
        ]
    }

    func record() throws -> Record {
        Record(
            row: try row(), details: [movements(), settlements(), familyPayments()], hasPage: !statement.isEmpty)
    }

    private func row() throws(MoneyOverflow) -> [Cell] {
        let (holder, account, pooling) = (statement.holder, statement.account, statement.pooling)
        let sums = account.sums
        var paid = Fen.zero
        for payment in statement.familyPayments { try paid += payment.amount }
        let own: [Cell] = [
            holder.district.map(Cell.identifier) ?? .empty, .phrase(holder.standing?.phrase ?? StatementRecord.noRule),
            .month(holder.standingMonth),
        ]
        let accountCells: [Cell] =
            AccountYearColumn.allCases.map { .money(sums[$0]) }
            + [.money(try sums[.broughtIn] + sums[.otherIn] - sums[.otherOut])]
            + [account.ledger?.ofThisYear, account.ledger?.ofLastYear, account.ledger?.ofEarlierYears].map(money)
        let poolingCells: [Cell] = [
            .count(pooling.sums.visits), .money(pooling.sums.eligible), .money(pooling.sums.deductible),
            money(pooling.left.deductible?.left), .money(pooling.sums.poolPayment), money(pooling.left.ceiling?.left),
        ]
        return key + own + accountCells + poolingCells + [.money(paid)]
    }

    private func money(_ amount: Fen?) -> Cell { amount.map(Cell.money) ?? .empty }

    private static let noRule = Phrase("该月没有规则", "no rule covers the month")

    /// The opening, the movements, the closing.
    private func movements() -> [[Cell]] {
        let account = statement.account
        guard !account.isEmpty else { return [] }
        func edge(_ label: Phrase, _ balance: Fen) -> [Cell] {
            key + [.empty, .empty, .empty, .empty, .empty, .phrase(label), .empty, .empty, .empty, .money(balance)]
                + [.empty, .empty, .empty]
        }
        let opening =
            account.isOpeningCarried || account.sums[.opening] == .zero
            ? AccountYearColumn.opening.phrase : Phrase("上年余额", "Balance before")
        let closing =
            statement.books.isClosed ? AccountYearColumn.closing.phrase : Phrase("余额", "Balance")
        return [edge(opening, account.sums[.opening])]
            + account.movements.map { movement in
                let entry = movement.entry
                return key + [
                    .date(entry.instance.businessDate), .month(entry.postingMonth), .date(entry.effectiveOn),
                    .month(entry.coveredMonth), .identifier("\(entry.kind.rawValue)"), .phrase(entry.phrase),
                    .phrase(movement.phrase), .identifier("\(entry.source)"), .money(entry.amount),
                    .money(movement.balance), movement.isPriorYear ? .phrase(Phrase("是", "yes")) : .empty,
                    .text(entry.article), .identifier("\(entry.run)"),
                ]
            } + [edge(closing, account.sums[.closing])]
    }

    private func settlements() -> [[Cell]] {
        statement.pooling.settlements.map { settlement in
            let isPooled = settlement.verdict == .settled
            func pooled(_ amount: Fen) -> Cell { isPooled ? .money(amount) : .empty }
            func paid(_ amount: Fen) -> Cell { settlement.isRefused ? .empty : .money(amount) }
            let (sums, left) = (settlement.sums, settlement.left)
            return key + [
                .identifier("\(settlement.id)"), .identifier("\(settlement.time)"), .date(settlement.time.date),
                .phrase(summary(of: settlement)), .text(settlement.institution),
                settlement.level.map { .phrase($0.shortPhrase) } ?? .empty,
                settlement.original.map { .identifier("\($0)") } ?? .empty, .money(settlement.total),
                pooled(settlement.eligible), pooled(settlement.deductible), isPooled ? .rate(settlement.rate) : .empty,
                pooled(settlement.poolPayment), paid(settlement.accountPayment), paid(settlement.familyAccountPayment),
                paid(settlement.cashPayment), .money(sums.deductible), money(left.deductible?.left),
                .money(sums.poolPayment), money(left.ceiling?.left),
                settlement.reason.map(Cell.phrase) ?? .empty, settlement.remedy.map(Cell.phrase) ?? .empty,
                .text(settlement.article), .identifier("\(settlement.run)"),
            ]
        }
    }

    /// Where it was, and what is to be said of it.
    private func summary(of settlement: StatementSettlement) -> Phrase {
        var text = Phrase(verbatim: settlement.institution)
        if let level = settlement.level { text += Phrase("，", ", ") + level.shortPhrase }
        if settlement.original != nil { text += Phrase("，退费", ", refund") }
        if let reason = settlement.reason {
            text += (settlement.isRefused ? Phrase("，未受理：", ", refused: ") : Phrase("，", ", ")) + reason
        }
        return text
    }

    private func familyPayments() -> [[Cell]] {
        statement.familyPayments.map { payment in
            key + [
                .identifier("\(payment.settlement)"), .identifier("\(payment.time)"), .date(payment.time.date),
                payment.patient.map(Cell.text) ?? .empty, .phrase(payment.relationPhrase), .text(payment.institution),
                payment.original.map { .identifier("\($0)") } ?? .empty, .money(payment.amount),
            ]
        }
    }
}
