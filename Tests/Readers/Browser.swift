import FoundationEssentials

/// A page as the browser that people use lays it out, without a network.
package struct Browser: Sendable {
    /// Width of the window, in dots.
    package let width: Int
    /// Whether nothing is wider than its place.
    package let fits: Bool
    /// What is wider than its place, by class or element.
    package let wide: String
    /// Headings that sort.
    package let sorting: Int
    /// What the page said on the console: errors, and what its security policy kept out.
    package let console: [String]

    /// Opens a page in a window of that size.
    package static func open(_ page: String, width: Int, height: Int, in folder: String) throws -> Browser {
        try Data(page.replacing("</html>", with: probe).utf8).write(to: URL(filePath: "\(folder)/probe.html"))
        let browser = try Program.run(
            [
                "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
                "--user-data-dir=\(folder)/profile", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr",
                "--window-size=\(width),\(height)", "--virtual-time-budget=2000", "--dump-dom",
                "file://\(folder)/probe.html",
            ], package: "chromium", in: folder)
        guard browser.code == 0 else { throw ReaderFault.failed("chromium", "\(browser.complaint.suffix(500))") }
        let answer = browser.output.split(separator: "data-probe=\"", maxSplits: 1).dropFirst().first?.prefix {
            $0 != "\""
        }
        let words = (answer ?? "").split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 4, let shown = Int(words[0]), let sorting = Int(words[3]) else {
            throw ReaderFault.failed("chromium", "the page did not run to its end")
        }
        return Browser(
            width: shown, fits: words[1] == "true" && words[2].isEmpty, wide: words[2], sorting: sorting,
            console: browser.complaint.split(separator: "\n").map(String.init).filter { $0.contains("CONSOLE") })
    }

    /// A page as it is printed on A4, upright or across: what remains of the sheet between its margins of 14 mm.
    package static func print(_ page: String, in folder: String) throws -> Browser {
        let isAcross = page.contains("<body class=\"across\">")
        return try open(
            page.replacing("@media print", with: "@media all"), width: isAcross ? 1016 : 688, height: 900, in: folder)
    }

    /// What a page says of itself once it has been laid out.
    private static let probe = """
        <script>
        "use strict";
        const wide = Array.from(document.querySelectorAll("body, .scroll, figure, header, main"))
          .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.className || box.localName);
        document.body.dataset.probe = [innerWidth, document.documentElement.scrollWidth <= innerWidth, wide.join(),
          document.querySelectorAll("th[tabindex]").length].join(" ");
        </script>
        </html>
        """
}
