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
