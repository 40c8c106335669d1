import ArgumentParser
import Jobs

struct Load: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load a delivered directory of CSV files as one batch, all of it or nothing.",
        discussion: "A bad row is named with file, line, column and what to write instead; then nothing is loaded.")

    @OptionGroup var database: DatabaseOptions

    @Argument(help: "Directory with person.csv, contribution.csv, ...; the files that are there are taken.")
    var directory: String

    @Option(help: "How many problems to look for before the delivery is refused.")
    var problemLimit = 100

    func run() throws {
        let bar = ProgressBar()
        let loader = Loader(
            settings: database.settings, clock: .machine, programVersion: Program.version,
            problemLimit: max(1, problemLimit)
        ) { progress in
            bar.show(progress.file, done: Int64(progress.bytesRead), of: Int64(progress.byteCount))
        }
        let result = try loader.load(directory: directory)
        bar.clear()
        var table = TextTable([.left, .right, .right, .right, .right])
        table.add("file", "rows", "new", "replacing", "unchanged")
        for file in result.files {
            table.add(
                file.name, grouped(Int64(file.read)), grouped(Int64(file.new)), grouped(Int64(file.replacing)),
                grouped(Int64(file.unchanged)))
        }
        Console.print(table.text())
        Console.print(
            result.batch.map { "batch \($0) loaded from \(directory)" }
                ?? "nothing new in \(directory): every row is in force already; no batch was made")
    }
}
