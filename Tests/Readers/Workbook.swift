import FoundationEssentials

/// A workbook as openpyxl reads it: another hand's understanding of the format.
package enum Workbook {
    /// A line for each sheet and for each cell that holds anything: place, type, value or formula, the value that the file
    /// gives for a formula, format.
    package static func read(_ path: String, in folder: String) throws -> String {
        try Data(script.utf8).write(to: URL(filePath: "\(folder)/read.py"))
        let reader = try Program.run(
            ["/usr/bin/python3", "\(folder)/read.py", path], package: "python3-openpyxl", in: folder)
        if reader.complaint.contains("No module named 'openpyxl'") {
            throw ReaderFault.missing("openpyxl", package: "python3-openpyxl")
        }
        guard reader.code == 0 else { throw ReaderFault.failed("openpyxl", reader.complaint) }
        return reader.output
    }

    /// What differs between a workbook and the tables it was made of, a line each: `tables` are their files for programs, in the
    /// order of the sheets. Sums and comparisons are reckoned anew from the cells.
    package static func differences(_ path: String, tables: [String], in folder: String) throws -> String {
        try Data(comparison.utf8).write(to: URL(filePath: "\(folder)/compare.py"))
        let reader = try Program.run(
            ["/usr/bin/python3", "\(folder)/compare.py", path] + tables, package: "python3-openpyxl", in: folder)
        guard reader.code == 0 else { throw ReaderFault.failed("openpyxl", reader.complaint) }
        return reader.output
    }

    private static let comparison = #"""
        import csv, datetime, re, sys, openpyxl
        from decimal import Decimal
        formulas = openpyxl.load_workbook(sys.argv[1])
        values = openpyxl.load_workbook(sys.argv[1], data_only=True)
        if len(formulas.worksheets) != len(sys.argv) - 2:
            print(len(formulas.worksheets), "sheets for", len(sys.argv) - 2, "tables")
        number = re.compile(r"-?\d+(\.\d+)?$")
        for sheet, shown, path in zip(formulas, values, sys.argv[2:]):
            rows = list(csv.reader(open(path, encoding="utf-8", newline="")))
            capitals = {index for index, name in enumerate(rows[0]) if name.endswith("_capitals")}
            for row, cells in enumerate(rows[1:], 5):
                for column, text in enumerate(cells, 1):
                    cell = sheet.cell(row, column)
                    if column - 1 in capitals:
                        same = cell.data_type == "s" and not number.match(cell.value)
                    elif cell.value is None:
                        same = text == ""
                    elif cell.data_type == "n":
                        same = number.match(text) and Decimal(str(cell.value)) == Decimal(text)
                    elif cell.data_type == "d":
                        same = cell.value.strftime("%Y-%m-%d") == text
                    else:
                        same = cell.data_type == "s" and cell.value == text
                    if not same:
                        print(sheet.title, cell.coordinate, repr(cell.value), "is not", repr(text))
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type != "f":
                        continue
                    kept = shown[cell.coordinate].value
                    total = re.fullmatch(r"=(?:ROUND\()?SUM\(([A-Z]+\d+:[A-Z]+\d+)\)(?:,2\))?", cell.value)
                    check = re.fullmatch(r'=IF\(([A-Z]+\d+)=([A-Z]+\d+),"(.+)","(.+)"\)', cell.value)
                    if total:
                        place = total.group(1)
                        cells = [one.value for line in shown[place] for one in line if one.value is not None]
                        reckoned = sum((Decimal(str(value)) for value in cells), Decimal(0))
                        first, last = place.split(":")
                        if sheet[first].row != 5 or sheet[last].row != len(rows) + 3 or sheet[last].row != cell.row - 1:
                            print(sheet.title, cell.coordinate, cell.value, "leaves out rows")
                        if Decimal(str(kept)) != reckoned:
                            print(sheet.title, cell.coordinate, kept, "is not", reckoned)
                    elif check:
                        same = shown[check.group(1)].value == shown[check.group(2)].value
                        if not same or kept != check.group(3):
                            print(sheet.title, cell.coordinate, kept, "is not what the cells say")
                    else:
                        print(sheet.title, cell.coordinate, "has an unknown formula", cell.value)
            if sheet.freeze_panes != "A5" or not sheet.print_area or sheet.print_title_rows != "$4:$4":
                print(sheet.title, "has no frozen or repeated head, or no print area")

        """#

    private static let script = """
        import sys, openpyxl
        formulas = openpyxl.load_workbook(sys.argv[1])
        values = openpyxl.load_workbook(sys.argv[1], data_only=True)
        print(formulas.properties.title, formulas.properties.created)
        for sheet in formulas:
            setup = sheet.page_setup
            print("sheet", sheet.title, "frozen", sheet.freeze_panes, "printed", sheet.print_area, "repeated",
                  sheet.print_title_rows, "paper", setup.paperSize, setup.orientation)
            print("widths", *(f"{name}={column.width:.0f}" for name, column in sheet.column_dimensions.items()))
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is None:
                        continue
                    text = f"{cell.coordinate} {cell.data_type} {cell.value!r}"
                    if cell.data_type == "f":
                        text += f" = {values[sheet.title][cell.coordinate].value!r}"
                    if cell.number_format != "General":
                        text += f" {cell.number_format}"
                    print(text)

        """
}
