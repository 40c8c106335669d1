extension HTMLWriter {
    /// The list of the records, if there is one, then a page for each of them.
    func write(_ set: RecordSet, of report: Report, to put: (String) throws -> Void) throws {
        if let list = set.list {
            try write(list, of: report, to: put)
        } else {
            // Nothing shows the sums, which have to hold all the same.
            _ = try set.records.walk(of: report.name) { _ in }
        }
        for table in set.details { _ = try table.walk(of: report.name) { _ in } }
        let layout = RecordLayout(set, of: report, self)
        try set.source.give { record in
            guard record.hasPage else { return }
            try put(templates.render("record", layout.context(of: record)))
        }
    }
}

/// What stands where on the pages of a set, looked up once.
private struct RecordLayout {
    private enum Part {
        case figures(Phrase, [Int])
        case rows(detail: Int, columns: [Int], isLeftOutIfEmpty: Bool)
    }

    private let set: RecordSet
    private let writer: HTMLWriter
    private let facts: [Int]
    private let parts: [Part]
    private let frame: [String: Any]

    init(_ set: RecordSet, of report: Report, _ writer: HTMLWriter) {
        self.set = set
        self.writer = writer
        facts = set.records.places(of: set.page.facts)
        parts = set.page.parts.compactMap { part in
            switch part {
            case .figures(let title, let columns): .figures(title, set.records.places(of: columns))
            case .rows(let id, let columns, let isLeftOutIfEmpty):
                set.details.firstIndex { $0.id == id }.map { index in
                    .rows(
                        detail: index, columns: set.details[index].places(of: columns),
                        isLeftOutIfEmpty: isLeftOutIfEmpty)
                }
            }
        }
        frame = [
            "title": writer.say(set.page.title), "period": writer.say(report.period.phrase),
            "unit": writer.say(ReportWords.unit), "closing": set.page.closing.map(writer.say),
            "signers": set.page.signatures.map(writer.say), "date": writer.say(ReportWords.date),
        ]
    }

    func context(of record: Record) -> [String: Any] {
        var context = frame
        context["facts"] = facts.map { fact(record.row[$0], set.records.columns[$0]) }
        context["parts"] = parts.compactMap { self.context(of: $0, record) }
        return context
    }

    private func context(of part: Part, _ record: Record) -> [String: Any]? {
        switch part {
        case .figures(let title, let places):
            let figures = places.filter { record.row[$0] != .empty }.map {
                fact(record.row[$0], set.records.columns[$0])
            }
            return figures.isEmpty ? nil : ["title": writer.say(title), "hasFigures": true, "figures": figures]
        case .rows(let index, let places, let isLeftOutIfEmpty):
            let table = set.details[index]
            let columns = places.map { table.columns[$0] }
            let rows = record.details[index]
            if rows.isEmpty && isLeftOutIfEmpty { return nil }
            var part: [String: Any] = ["title": writer.say(table.title)]
            if rows.isEmpty {
                part["none"] = writer.say(ReportWords.noRows)
                return part
            }
            part["table"] = [
                "class": columns.count > 8 ? "wide" : columns.count > 6 ? "dense" : "plain",
                "columns": columns.map { ["heading": writer.say($0.heading), "class": writer.style(of: $0.kind)] },
                "rows": rows.map { row in
                    ["cells": zip(places, columns).map { writer.cell(row[$0], $1.kind) }]
                },
            ]
            return part
        }
    }

    private func fact(_ cell: Cell, _ column: Column) -> [String: String] {
        let text = cell.shown(in: writer.language, as: column.kind)
        return ["label": writer.say(column.heading), "value": text.isEmpty ? "—" : text]
    }
}
