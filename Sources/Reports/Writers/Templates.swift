import Mustache

/// The templates of the pages, read once.
struct Templates: Sendable {
    private let library: MustacheLibrary
    let style: String
    let script: String

    init() throws(ReportError) {
        let sources: [(String, [UInt8])] = [
            ("chart", PackageResources.chart_mustache), ("index", PackageResources.index_mustache),
            ("page-begin", PackageResources.page_begin_mustache), ("page-end", PackageResources.page_end_mustache),
            ("section", PackageResources.section_mustache), ("table-begin", PackageResources.table_begin_mustache),
            ("table-row", PackageResources.table_row_mustache), ("table-end", PackageResources.table_end_mustache),
            ("notice", PackageResources.notice_mustache), ("record", PackageResources.record_mustache),
        ]
        var templates: [String: MustacheTemplate] = [:]
        for (name, bytes) in sources {
            do {
                templates[name] = try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
            } catch {
                throw .template(name, reason: "\(error)")
            }
        }
        library = MustacheLibrary(templates: templates)
        style = String(decoding: PackageResources.style_css, as: UTF8.self)
        script = String(decoding: PackageResources.table_js, as: UTF8.self)
    }

    /// Everything from the context is escaped, unless the template names it in three braces.
    func render(_ name: String, _ context: [String: Any]) -> String {
        library.render(context, withTemplate: name) ?? ""
    }
}
