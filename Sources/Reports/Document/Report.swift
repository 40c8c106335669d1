package import Money

/// A report as a value: what it is about, what it comes from, and what it says, without a word on how it looks.
///
/// It holds no clock and no database: the same report written twice gives the same bytes.
package struct Report: Sendable {
    package let kind: ReportKind
    package let title: Phrase
    package let period: ReportPeriod
    /// `nil` where kind and period say it all.
    package let subject: ReportSubject?
    package let origin: ReportOrigin
    /// Key figures (要点), three to five.
    package let figures: [Figure]
    package let sections: [Section]

    package init(
        kind: ReportKind, title: Phrase, period: ReportPeriod, subject: ReportSubject? = nil, origin: ReportOrigin,
        figures: [Figure] = [], sections: [Section]
    ) {
        self.kind = kind
        self.title = title
        self.period = period
        self.subject = subject
        self.origin = origin
        self.figures = figures
        self.sections = sections
    }

    /// File name without extension: `clearing-2023-01`, `statement-2023-unit-3207005000017`.
    package var name: String { "\(kind.rawValue)-\(period)" + (subject.map { "-\($0.id)" } ?? "") }

    /// Period and subject, as the head says them.
    var about: Phrase {
        guard let subject else { return period.phrase }
        return period.phrase + Phrase(" · ", ", ") + subject.label
    }

    /// In the order they stand.
    package var tables: [Table] {
        sections.flatMap { section -> [Table] in
            switch section {
            case .table(let table): [table]
            case .records(let set): set.tables
            case .chart, .notes, .signatures: []
            }
        }
    }

    /// What is shown as pages of records, if anything is.
    var recordSet: RecordSet? {
        for case .records(let set) in sections { return set }
        return nil
    }
}

/// What a report is about; its name is part of file names.
package struct ReportKind: RawRepresentable, Hashable, Sendable {
    /// ASCII letters and hyphens.
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// The span of time a report is about.
package enum ReportPeriod: Hashable, Sendable {
    case day(CivilDate)
    case month(Month)
    /// 1 to 9999.
    case year(Int)

    /// As a heading says it: `2023年1月5日`.
    package var phrase: Phrase {
        switch self {
        case .day(let date): Phrase("\(date.year)年\(date.month.month)月\(date.day)日", "\(date)")
        case .month(let month): Phrase("\(month.year)年\(month.month)月", "\(month)")
        case .year(let year): Phrase("\(year)年度", "\(year)")
        }
    }
}

extension ReportPeriod: CustomStringConvertible {
    /// `2023-01-05`, `2023-01`, `2023`.
    package var description: String {
        switch self {
        case .day(let date): "\(date)"
        case .month(let month): "\(month)"
        case .year(let year): "\(year)"
        }
    }
}

/// Where the figures come from: the completed run that the report is about, not the writing of the report.
package struct ReportOrigin: Hashable, Sendable {
    package let run: Int64
    /// As `month-end 2023-01`.
    package let instance: Phrase
    /// When the run was completed.
    package let finishedAt: CivilTime
    /// SHA-256 of the rules that the run settled by.
    package let rulesDigest: String
    /// 经办机构; `nil` if nobody named it.
    package let office: String?

    package init(run: Int64, instance: Phrase, finishedAt: CivilTime, rulesDigest: String, office: String?) {
        self.run = run
        self.instance = instance
        self.finishedAt = finishedAt
        self.rulesDigest = rulesDigest
        self.office = office
    }
}

/// A figure that stands at the head of a report.
package struct Figure: Hashable, Sendable {
    package let label: Phrase
    package let value: Cell
    /// What it is compared with, as "上月 1,234.00".
    package let note: Phrase?

    package init(_ label: Phrase, _ value: Cell, note: Phrase? = nil) {
        self.label = label
        self.value = value
        self.note = note
    }
}

/// A part of a report.
package enum Section: Sendable {
    case table(Table)
    case records(RecordSet)
    case chart(Chart)
    case notes(Phrase, [Phrase])
    /// 签字栏: who signs, as 制表, 复核, 审核.
    case signatures([Phrase])
}
