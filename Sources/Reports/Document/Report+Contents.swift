extension Report {
    /// What stands in it, in order: the titles of its sections, and where each is found on the page. A table below a chart of the
    /// same title is no entry of its own.
    var contents: [(id: String, title: Phrase)] {
        var entries: [(id: String, title: Phrase)] = []
        for (number, section) in sections.enumerated() {
            guard let title = section.title, title != entries.last?.title else { continue }
            entries.append((section.id(number), title))
        }
        return entries
    }

    /// Whether all of it is printed on the long side of the paper: because what comes first needs it, or most of the rest.
    /// Otherwise only the wide tables are.
    var isAcross: Bool {
        guard recordSet == nil, let first = tables.first else { return false }
        return first.isWide || tables.count(where: \.isWide) * 2 > tables.count
    }
}

extension Section {
    fileprivate var title: Phrase? {
        switch self {
        case .table(let table): table.layout == .rows ? table.title : nil
        case .chart(let chart): chart.title
        case .notes(let title, _): title
        case .records, .signatures: nil
        }
    }

    /// Its name on the page.
    func id(_ number: Int) -> String {
        switch self {
        case .table(let table): table.id
        case .chart: "chart-\(number)"
        case .notes: "notes-\(number)"
        case .records: "records-\(number)"
        case .signatures: "signatures-\(number)"
        }
    }
}
