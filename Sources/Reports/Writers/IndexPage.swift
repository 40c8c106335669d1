/// The page that lists the reports of a directory, below how the office stands.
struct IndexPage {
    private let language: ReportLanguage
    private let templates: Templates

    init(_ language: ReportLanguage) throws(ReportError) {
        self.language = language
        templates = try Templates()
    }

    func text(_ list: ReportList, _ glance: Glance) -> String {
        templates.render(
            "index",
            [
                "language": language == .chinese ? "zh-CN" : "en", "style": templates.style, "script": templates.script,
                "title": say(Phrase("职工基本医疗保险结算报表", "Settlement reports, employee medical insurance")),
                "subtitle": say(Phrase("年度进度与报表目录", "The state of the year, and what has been reported")),
                "figures": glance.figures.map { figure in
                    [
                        "label": say(figure.label), "value": figure.value.shown(in: language, as: .money),
                        "note": figure.note.map(say) ?? "",
                    ]
                },
                "years": glance.years.map(year), "groups": groups(list),
            ].merging(runs(glance.runs)) { first, _ in first })
    }

    private func runs(_ runs: [Glance.Run]) -> [String: Any] {
        guard !runs.isEmpty else { return [:] }
        let columns = [
            ["heading": say(ReportWords.run), "class": "n"],
            ["heading": say(Phrase("结算事项", "What was settled")), "class": "t"],
            ["heading": say(ReportWords.finished), "class": "d"],
            ["heading": say(Phrase("状态", "State")), "class": "t"],
        ]
        return [
            "runs": [
                "title": say(Phrase("最近的运行", "The latest runs")), "filter": say(ReportWords.filter),
                "sort": say(ReportWords.sort), "columns": columns,
                "rows": runs.map { run in
                    [
                        "run": "\(run.run)", "instance": say(run.instance),
                        "finished": run.finishedAt.map { "\($0)" } ?? "", "state": say(run.state),
                    ]
                },
            ] as [String: Any]
        ]
    }

    private func year(_ year: Glance.Year) -> [String: Any] {
        [
            "title": say(Phrase("\(year.year)年进度", "Progress of \(year.year)")),
            "legend": say(Phrase("● 已完成　○ 进行中或待处理　· 未开始", "● done   ○ begun or waiting   · not begun")),
            "months": (1...12).map { say(Phrase("\($0)月", "\($0)")) },
            "rows": year.rows.map { row in
                ["label": say(row.label), "cells": row.marks.map(mark)] as [String: Any]
            },
        ]
    }

    private func mark(_ mark: Glance.Mark) -> [String: String] {
        switch mark {
        case .none: ["class": "none-yet", "text": "·", "name": say(Phrase("未开始", "not begun"))]
        case .open: ["class": "open", "text": "○", "name": say(Phrase("进行中或待处理", "begun or waiting"))]
        case .done: ["class": "done", "text": "●", "name": say(Phrase("已完成", "done"))]
        }
    }

    /// A group for each kind, its periods from the newest on.
    private func groups(_ list: ReportList) -> [[String: Any]] {
        let kinds = list.reports.map(\.kind).reduce(into: [String]()) { kinds, kind in
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        return kinds.map { kind in
            let entries = list.reports.filter { $0.kind == kind }
            return [
                "title": entries.first.map { say($0.title.phrase) } ?? kind,
                "filter": say(ReportWords.filter), "sort": say(ReportWords.sort),
                "columns": [
                    ["heading": say(ReportWords.period), "class": "d"],
                    ["heading": say(ReportWords.finished), "class": "d"],
                    ["heading": say(ReportWords.run), "class": "n"],
                    ["heading": say(Phrase("要点", "Key figure")), "class": "one-line"],
                    ["heading": say(Phrase("文件", "Files")), "class": "t"],
                ],
                "rows": entries.map(row),
            ]
        }
    }

    private func row(_ entry: ReportList.Entry) -> [String: Any] {
        [
            "period": entry.period, "finished": entry.finishedAt, "run": "\(entry.run)",
            "figure": entry.figure.map { say($0.phrase) } ?? "",
        ].merging(files(of: entry)) { first, _ in first }
    }

    /// What people read stands there; the files of the tables, of which there are many, are opened.
    private func files(of entry: ReportList.Entry) -> [String: Any] {
        var (pages, forPeople, forPrograms) = ([[String: String]](), [[String: String]](), [[String: String]]())
        for name in entry.files.sorted() {
            let rest = name.hasPrefix(entry.stem) ? String(name.dropFirst(entry.stem.count + 1)) : name
            switch rest {
            case "html": pages.insert(["href": name, "name": say(Phrase("网页", "Page"))], at: 0)
            case "xlsx": pages.append(["href": name, "name": "Excel"])
            default:
                if rest.hasSuffix(".data.csv") {
                    forPrograms.append(["href": name, "name": String(rest.dropLast(9))])
                } else {
                    forPeople.append(["href": name, "name": rest.hasSuffix(".csv") ? String(rest.dropLast(4)) : rest])
                }
            }
        }
        let tables = [
            (title: Phrase("CSV", "CSV"), files: forPeople), (title: Phrase("数据", "Data"), files: forPrograms),
        ].filter { !$0.files.isEmpty }
        return [
            "pages": pages,
            "tables": tables.map { table in
                ["title": "\(say(table.title)) \(table.files.count)", "files": table.files] as [String: Any]
            },
        ]
    }

    private func say(_ phrase: Phrase) -> String { phrase.text(in: language) }
}
