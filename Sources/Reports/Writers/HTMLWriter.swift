/// Writes a report as one page that needs nothing else: no network, no script to be read. It comes out piece by piece.
package struct HTMLWriter: Sendable {
    let language: ReportLanguage
    let templates: Templates

    package init(_ language: ReportLanguage) throws(ReportError) {
        self.language = language
        templates = try Templates()
    }

    package func write(_ report: Report, to put: (String) throws -> Void) throws {
        try put(templates.render("page-begin", head(of: report)))
        for (index, section) in report.sections.enumerated() {
            try write(section, number: index, of: report, to: put)
        }
        try put(
            templates.render(
                "page-end",
                [
                    "script": templates.script, "name": report.name, "digest": report.origin.rulesDigest,
                    "rulesLabel": say(ReportWords.rules), "isNotices": report.recordSet != nil,
                ]))
    }

    func say(_ phrase: Phrase) -> String { phrase.text(in: language) }

    private func head(of report: Report) -> [String: Any] {
        let origin = report.origin
        var facts: [[String: String]] = []
        if let office = origin.office { facts.append(fact(ReportWords.office, office)) }
        facts += [
            fact(ReportWords.run, "\(origin.run) · \(say(origin.instance))"),
            fact(ReportWords.finished, "\(origin.finishedAt)"),
            fact(ReportWords.rules, String(origin.rulesDigest.prefix(12)), isCode: true),
        ]
        return [
            "language": language == .chinese ? "zh-CN" : "en", "title": say(report.title),
            "period": say(report.about), "unit": say(ReportWords.unit), "style": templates.style,
            "facts": facts, "hasFigures": !report.figures.isEmpty,
            "isBare": report.recordSet?.listed.isEmpty ?? false, "isAcross": report.isAcross, "name": report.name,
            "run": "\(say(ReportWords.run)) \(origin.run)", "digest": origin.rulesDigest,
            "isNotices": report.tables.contains { $0.layout != .rows },
            "figures": report.figures.map { figure in
                [
                    "label": say(figure.label), "value": figure.value.shown(in: language, as: .money),
                    "note": figure.note.map(say) ?? "",
                ]
            },
        ].merging(contents(of: report)) { first, _ in first }
    }

    /// 目录, of a report that is a book.
    private func contents(of report: Report) -> [String: Any] {
        let entries = report.contents
        guard entries.count > 10 else { return [:] }
        return [
            "contents": [
                "contentsLabel": say(ReportWords.contents),
                "entries": entries.map { ["id": $0.id, "title": say($0.title)] },
            ] as [String: Any]
        ]
    }

    private func fact(_ label: Phrase, _ value: String, isCode: Bool = false) -> [String: String] {
        ["label": say(label), "value": value, "class": isCode ? "code" : ""]
    }

    private func write(_ section: Section, number: Int, of report: Report, to put: (String) throws -> Void) throws {
        switch section {
        case .table(let table):
            switch table.layout {
            case .rows: try write(table, of: report, to: put)
            case .notices(let notice): try write(table, as: notice, of: report, to: put)
            }
        case .records(let set): try write(set, of: report, to: put)
        case .chart(let chart):
            let picture = ChartPicture(chart, language, id: section.id(number))
            try put(templates.render("chart", picture.context))
        case .notes(let title, let notes):
            let context: [String: Any] = [
                "id": section.id(number), "title": say(title), "lines": notes.map(say),
            ]
            try put(templates.render("section", ["notes": context]))
        case .signatures(let signers):
            try put(
                templates.render(
                    "section", ["signatures": ["signers": signers.map(say), "date": say(ReportWords.date)]]))
        }
    }

    func write(_ table: Table, of report: Report, to put: (String) throws -> Void) throws {
        let columns = table.columns
        try put(
            templates.render(
                "table-begin",
                [
                    "id": table.id, "title": say(table.title),
                    "class": table.isWide ? "wide" : table.isDense ? "dense" : "plain",
                    "filter": say(ReportWords.filter), "sort": say(ReportWords.sort),
                    "columns": columns.map { ["heading": say($0.heading), "class": style(of: $0.kind)] },
                ]))
        let totals = try table.walk(of: report.name) { row in
            let cells = zip(row, columns).map { cell($0, $1.kind) }
            try put(templates.render("table-row", ["cells": cells]))
        }
        var end: [String: Any] = [
            "isEmpty": totals.rowCount == 0, "width": columns.count, "none": say(ReportWords.noRows),
        ]
        if let note = table.note { end["note"] = say(note) }
        if table.hasTotals, totals.rowCount > 0 {
            var cells = columns.indices.map { cell(totals.cell($0), columns[$0].kind) }
            label(&cells, say(ReportWords.total))
            var sums: [String: Any] = ["cells": cells]
            if table.hasChecks {
                var expected = columns.map { cell($0.total.expected.map($0.kind.cell) ?? .empty, $0.kind) }
                label(&expected, say(ReportWords.check))
                sums["check"] = [
                    "cells": expected,
                    "text": say(ReportWords.mustEqual) + table.sources(in: language)
                        + (language == .chinese ? "，" : ", ") + say(ReportWords.agrees),
                ]
            }
            end["totals"] = sums
        }
        try put(templates.render("table-end", end))
    }

    private func write(
        _ table: Table, as notice: NoticeLayout, of report: Report, to put: (String) throws -> Void
    ) throws {
        let office = report.origin.office ?? ""
        _ = try table.walk(of: report.name) { row in
            var name = ""
            var lines: [[String: String]] = []
            for (value, column) in zip(row, table.columns) {
                let text = value.shown(in: language, as: column.kind)
                if column.id == notice.heading {
                    name = text
                } else {
                    let weight = notice.emphasis.contains(column.id) ? "strong" : ""
                    lines.append([
                        "label": say(column.heading), "value": text, "class": style(of: column.kind), "weight": weight,
                    ])
                }
            }
            try put(
                templates.render(
                    "notice",
                    [
                        "title": say(table.title), "period": say(report.period.phrase),
                        "salutation": name + (language == .chinese ? "：" : ":"),
                        "opening": say(notice.opening), "closing": say(notice.closing), "lines": lines,
                        "office": office,
                        "signers": notice.signatures.map(say), "date": say(ReportWords.date),
                    ]))
        }
    }

    func cell(_ cell: Cell, _ kind: ColumnKind) -> [String: String] {
        // Zeros step back, so that what is there stands out.
        ["text": cell.shown(in: language, as: kind), "class": style(of: kind) + (cell.isZero ? " z" : "")]
    }

    /// The first cell of a line of totals says what it is.
    private func label(_ cells: inout [[String: String]], _ text: String) {
        guard let first = cells.indices.first, cells[first]["text"]?.isEmpty == true else { return }
        cells[first]["text"] = text
    }

    func style(of kind: ColumnKind) -> String {
        switch kind {
        case .count, .money, .rate: "n"
        case .identifier: "i"
        case .date: "d"
        case .text, .capitals: "t"
        }
    }
}
