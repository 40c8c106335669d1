import CXlsxWriter

/// How a cell looks, and what its number means.
package enum SheetStyle: Int, CaseIterable, Sendable {
    case title
    case plain
    case soft
    case heading
    case numberHeading
    case text
    /// Text, and a heading of it, beside a column of figures, which end where it begins.
    case textBeside
    case headingBeside
    case count
    case money
    case rate
    case date
    case totalText
    case totalCount
    case totalMoney
    case checkText
    case checkAnswer
    case checkCount
    case checkMoney
}

extension SheetStyle {
    /// Sets up the library's format. It belongs to a workbook that outlives the call.
    @unsafe func set(_ format: UnsafeMutablePointer<lxw_format>) {
        unsafe format_set_font_name(format, "Microsoft YaHei")
        unsafe format_set_font_size(format, self == .title ? 14 : 10)
        unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        switch self {
        case .title: unsafe format_set_bold(format)
        case .plain, .text: break
        case .textBeside: unsafe format_set_indent(format, 1)
        case .soft, .checkText: unsafe format_set_font_color(format, SheetStyle.softColor)
        case .checkAnswer:
            unsafe format_set_font_color(format, SheetStyle.softColor)
            unsafe format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        case .heading, .headingBeside, .numberHeading:
            unsafe format_set_bold(format)
            unsafe format_set_text_wrap(format)
            unsafe format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            unsafe format_set_bottom_color(format, SheetStyle.ruleColor)
            if self == .numberHeading { unsafe format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
            if self == .headingBeside { unsafe format_set_indent(format, 1) }
        case .count, .totalCount, .checkCount: unsafe format_set_num_format(format, "#,##0")
        case .money, .totalMoney, .checkMoney: unsafe format_set_num_format(format, "#,##0.00")
        case .rate: unsafe format_set_num_format(format, "0.00%")
        case .date:
            unsafe format_set_num_format(format, "yyyy-mm-dd")
            unsafe format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .totalText: break
        }
        switch self {
        case .totalText, .totalCount, .totalMoney:
            unsafe format_set_bold(format)
            unsafe format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
            unsafe format_set_top_color(format, SheetStyle.ruleColor)
        case .checkCount, .checkMoney: unsafe format_set_font_color(format, SheetStyle.softColor)
        case .text, .textBeside: unsafe format_set_num_format(format, "@")
        case .title, .plain, .soft, .heading, .headingBeside, .numberHeading, .count, .money, .rate, .date, .checkText,
            .checkAnswer:
            break
        }
    }

    private static let softColor: lxw_color_t = 0x5D6770
    private static let ruleColor: lxw_color_t = 0x8D979F
}
