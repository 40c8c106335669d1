import Books
import Money

/// The subjects that tests keep books with, one or two of each class.
enum Chart {
    static let deposits = LedgerSubject(
        code: "1002", name: "收入户存款", englishName: "Deposits", subjectClass: .asset)
    static let payable = LedgerSubject(
        code: "2101", name: "应付定点机构", englishName: "Payable", subjectClass: .liability)
    static let pool = LedgerSubject(
        code: "3001", name: "统筹基金", englishName: "Pooling fund", subjectClass: .equity)
    static let income = LedgerSubject(
        code: "40010001", name: "社会保险费收入—单位", englishName: "Income", subjectClass: .income)
    static let benefits = LedgerSubject(
        code: "50010001", name: "社会保险待遇支出—统筹—门诊统筹", englishName: "Benefits", subjectClass: .expenditure)

    static let all = [deposits, payable, pool, income, benefits]
}

/// Books of a year at random: balanced vouchers, every fourth with lines in red.
struct RandomBooks {
    struct Line {
        let month: Month
        let subject: LedgerSubject
        let institution: String?
        let debit: Fen
        let credit: Fen
    }

    let months = Month.first(of: 2023)...Month.last(of: 2023)
    private(set) var lines: [Line] = []

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for month in months {
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let sign: Int64 = Int.random(in: 0..<4, using: &random) == 0 ? -1 : 1
                var rest: Int64 = 0
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let amount = sign * Int64.random(in: 1...10_000_00, using: &random)
                    rest += amount
                    append(month, Fen(amount), .zero, &random)
                }
                append(month, .zero, Fen(rest), &random)
            }
        }
    }

    private mutating func append(_ month: Month, _ debit: Fen, _ credit: Fen, _ random: inout SplitMix64) {
        let subject = Chart.all[Int.random(in: 0..<Chart.all.count, using: &random)]
        let institution = subject == Chart.payable ? "H\(Int.random(in: 1...3, using: &random))" : nil
        lines.append(
            Line(month: month, subject: subject, institution: institution, debit: debit, credit: credit))
    }

    /// Sums in the plainest way.
    func sum(_ subject: LedgerSubject, _ institution: String? = nil, where isMeant: (Month) -> Bool) -> (
        debit: Int64, credit: Int64
    ) {
        let meant = lines.filter {
            $0.subject == subject && isMeant($0.month) && (institution == nil || $0.institution == institution)
        }
        return (meant.reduce(0) { $0 + $1.debit.rawValue }, meant.reduce(0) { $0 + $1.credit.rawValue })
    }

    func trialBalance(_ span: BookSpan) throws -> TrialBalance {
        let first = span.first ?? Month.first(of: 1)
        let last = span.last ?? Month.last(of: 9999)
        let rows = try Chart.all.map { subject in
            let before = sum(subject) { $0 < first }
            let within = sum(subject) { (first...last).contains($0) }
            return try TrialBalance.Row(
                subject, debitBefore: Fen(before.debit - before.credit), debit: Fen(within.debit),
                credit: Fen(within.credit))
        }
        return try TrialBalance(span, rows)
    }

    func page(_ subject: LedgerSubject, of institution: String? = nil, _ span: BookSpan) throws -> LedgerPage {
        let first = span.first ?? Month.first(of: 1)
        let last = span.last ?? Month.last(of: 9999)
        let before = sum(subject, institution) { $0 < first }
        let entries = lines.filter {
            $0.subject == subject && (first...last).contains($0.month)
                && (institution == nil || $0.institution == institution)
        }
        return try LedgerPage(
            subject, institution.map { LedgerInstitution(code: $0, name: "") }, span,
            debitBefore: Fen(before.debit - before.credit),
            entries.map { line in
                LedgerPage.Entry(
                    date: line.month.lastDay, run: 1, number: 1, summary: "", debit: line.debit, credit: line.credit)
            })
    }
}
