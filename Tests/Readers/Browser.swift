import FoundationEssentials

/// Pages as the browser that people use lays them out, without a network.
package struct Browser: Sendable {
    /// How a page is looked at.
    package enum Setting: String, Hashable, Sendable, CaseIterable {
        /// In a window of 1280 dots.
        case light
        case dark
        /// With no script allowed.
        case unscripted
        /// On A4, upright or across: what remains of the sheet between its margins of 14 mm. Of a page that is printed both ways,
        /// what stands upright.
        case paper
        /// What stands across on a page that is printed both ways.
        case across
    }

    /// A page in one of the settings.
    package struct View: Sendable, Decodable {
        package let page: String
        package let setting: String
        package let width: Int
        /// Headings that sort.
        package let sorting: Int
        /// Rows of tables that are seen.
        package let rows: Int
        /// Characters that were looked at, each once for each font.
        package let characters: Int
        /// What is wider than its place.
        fileprivate let wide: [String]
        /// Text that hardly stands out from what is behind it.
        fileprivate let faint: [String]
        /// Characters that no font has.
        fileprivate let missing: [String]
        /// Labels of pictures that lie over one another or outside.
        fileprivate let overlapping: [String]
    }

    package let views: [View]
    /// What the pages said on the console: errors, and what their security policy kept out.
    package let console: [String]

    /// Everything that is wrong, a line each.
    package var faults: [String] {
        views.flatMap { view in
            [
                ("is wider than its place", view.wide), ("is hard to read", view.faint),
                ("is in no font", view.missing), ("overlaps", view.overlapping),
            ].flatMap { fault, places in places.map { "\(view.page), \(view.setting): \($0) \(fault)" } }
        } + console
    }

    package subscript(page: String, setting: Setting) -> View? {
        views.first { $0.page == page && $0.setting == setting.rawValue }
    }

    /// Opens pages, by name, in each of the settings at once.
    package static func look(
        at pages: [String: String], as settings: [Setting] = Setting.allCases, in folder: String
    ) throws -> Browser {
        var frames = ""
        for (name, page) in pages.sorted(by: { $0.key < $1.key }) {
            for setting in settings {
                guard let shown = setting.apply(to: page) else { continue }
                // A frame that may run scripts is one like any page; one that may not is shut in.
                let sandbox = setting.isScripted ? "" : " sandbox=\"allow-same-origin\""
                frames +=
                    "<iframe data-page=\"\(escaped(name))\" data-setting=\"\(setting.rawValue)\" width=\"\(shown.width)\" "
                    + "height=\"900\" style=\"border:0\"\(sandbox) srcdoc=\"\(escaped(shown.text))\"></iframe>\n"
            }
        }
        let text = "<!doctype html><meta charset=\"utf-8\"><body>\n\(frames)<script>\(probe)</script></body>"
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/probe.html"))
        let browser = try Program.run(
            [
                "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
                "--user-data-dir=\(folder)/profile", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr",
                "--window-size=1280,900", "--virtual-time-budget=5000", "--dump-dom", "file://\(folder)/probe.html",
            ], package: "chromium", in: folder)
        guard browser.code == 0 else { throw ReaderFault.failed("chromium", "\(browser.complaint.suffix(500))") }
        let answer = browser.output.split(separator: "data-views=\"", maxSplits: 1).dropFirst().first?.prefix {
            $0 != "\""
        }
        guard let answer, let data = Data(base64Encoded: String(answer)) else {
            throw ReaderFault.failed("chromium", "the pages did not run to their end: \(browser.complaint.suffix(500))")
        }
        let console = browser.complaint.split(separator: "\n").map(String.init).filter {
            // That a script is not run is what was asked for.
            $0.contains("CONSOLE") && !$0.contains("Blocked script execution in 'about:srcdoc'")
        }
        return Browser(views: try JSONDecoder().decode([View].self, from: data), console: console)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
    }
}

extension Browser.Setting {
    fileprivate var isScripted: Bool {
        switch self {
        case .light, .dark: true
        case .unscripted, .paper, .across: false
        }
    }

    /// The page with the rules of the setting in force, and how wide it is; `nil` where the page has nothing of it.
    fileprivate func apply(to page: String) -> (text: String, width: Int)? {
        let isAcross = page.contains("<body class=\"across\">")
        let printed = page.replacing("@media print", with: "@media all").replacing(
            "@media (prefers-color-scheme: dark)", with: "@media not all")
        func hiding(_ selector: String) -> String {
            printed.replacing("</head>", with: "<style>\(selector) { display: none !important; }</style></head>")
        }
        switch self {
        case .light, .unscripted:
            return (page.replacing("@media (prefers-color-scheme: dark)", with: "@media not all"), 1280)
        case .dark: return (page.replacing("@media (prefers-color-scheme: dark)", with: "@media all"), 1280)
        case .paper: return isAcross ? (printed, 1016) : (hiding("section.wide"), 688)
        case .across:
            guard !isAcross, page.contains("class=\"wide\"") else { return nil }
            return (hiding("header, footer, main > :not(.wide)"), 1016)
        }
    }
}
