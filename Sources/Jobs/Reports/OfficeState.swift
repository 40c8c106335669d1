import Money
import Postgres
import Reports

extension Statement {
    fileprivate static let openPeriods = Statement(
        "periods", "SELECT month, state FROM ledger.period ORDER BY month")

    fileprivate static let openDifferences = Statement(
        "open differences", "SELECT count(*) FROM report.discrepancy WHERE state = 'open'")

    fileprivate static let blockedSettlements = Statement(
        "blocked settlements", "SELECT count(*) FROM report.blocked_settlement")
}

/// How the office stands: how far nights, month-ends and books are, and what is open.
struct OfficeState {
    private let runs: [Run]
    private let closed: [Month: Bool]
    private let openDifferences: Int64
    private let blocked: Int64

    init(_ connection: inout Connection) throws {
        runs = try RunStore.all(&connection)
        var closed: [Month: Bool] = [:]
        try connection.forEachRow(.openPeriods) { row in
            closed[try row[0, as: Month.self]] = try row[1, as: String.self] == "closed"
        }
        self.closed = closed
        openDifferences =
            try connection.first(.openDifferences) { row throws(DatabaseError) in
                try row[0, as: Int64.self]
            } ?? 0
        blocked =
            try connection.first(.blockedSettlements) { row throws(DatabaseError) in
                try row[0, as: Int64.self]
            } ?? 0
    }

    var glance: Glance {
        let waiting = MonthEndSchedule(runs).waiting
        let unknown = Phrase("无", "none")
        let night = NightlySchedule(runs).latest?.instance.businessDate
        let month = MonthEndSchedule(runs).settledThrough
        return Glance(
            figures: [
                Figure(Phrase("夜间结算至", "Nights settled through"), night.map { .date($0) } ?? .phrase(unknown)),
                Figure(
                    Phrase("月末划账至", "Credited through"), month.map { .month($0) } ?? .phrase(unknown),
                    note: waiting.isEmpty
                        ? nil : Phrase("\(waiting.count)个月份等待标准", "\(waiting.count) months wait for a figure")),
                Figure(Phrase("未处理差异", "Open differences"), .count(openDifferences)),
                Figure(Phrase("暂缓支付的结算", "Settlements withheld"), .count(blocked)),
            ],
            years: years.map { year in
                Glance.Year(
                    year: year,
                    rows: [
                        Glance.Row(Phrase("夜间结算", "Nights"), marks(of: year, night(_:))),
                        Glance.Row(Phrase("月末划账与清算", "Month-end"), marks(of: year, monthEnd(_:))),
                        Glance.Row(Phrase("账期关闭", "Books closed"), marks(of: year, books(_:))),
                    ])
            },
            runs: runs.suffix(OfficeState.shown).reversed().map { run in
                Glance.Run(
                    run: run.id, instance: run.instance.phrase, finishedAt: run.finishedAt?.civil, state: run.phrase)
            })
    }

    /// How many of the latest runs are listed.
    private static let shown = 24

    /// The newest first, at most three.
    private var years: [Int] {
        Array(Set(runs.map(\.instance.businessDate.year)).sorted(by: >).prefix(3))
    }

    private func marks(of year: Int, _ mark: (Month) -> Glance.Mark) -> [Glance.Mark] {
        (Month.first(of: year)...Month.last(of: year)).map(mark)
    }

    private func night(_ month: Month) -> Glance.Mark {
        let nights = runs.filter { $0.instance.job == .nightly && $0.state == .completed }.map(\.instance.businessDate)
        guard let first = nights.min(), let last = nights.max(), first <= month.lastDay else { return .none }
        return last >= month.lastDay ? .done : last >= month.firstDay ? .open : .none
    }

    private func monthEnd(_ month: Month) -> Glance.Mark {
        let schedule = MonthEndSchedule(runs)
        if schedule.settlingRun(of: month) != nil { return .done }
        return schedule.waiting.contains { $0.instance.businessDate.month == month } ? .open : .none
    }

    private func books(_ month: Month) -> Glance.Mark {
        closed[month].map { $0 ? .done : .open } ?? .none
    }
}

extension Run {
    fileprivate var phrase: Phrase {
        switch state {
        case .running: Phrase("进行中或中断", "at work, or interrupted")
        case .completed:
            waitsFor == nil ? Phrase("已完成", "done") : Phrase("已完成，部分待标准", "done, but for what waits for a figure")
        }
    }
}
