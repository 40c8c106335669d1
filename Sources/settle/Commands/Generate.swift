import ArgumentParser
import City
import Money

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the facts of a synthetic city as an intake directory.",
        discussion: "The same arguments write the same bytes. Nothing in it comes from a real person.")

    @Option(help: "Directory to write; it must be empty or not be there.")
    var out: String

    @Option(help: "People of the city.")
    var people = 20_000

    @Option(help: "First month of facts, as 2023-01.")
    var from: Month

    @Option(help: "Last month of facts, as 2024-03.")
    var to: Month

    @Option(help: "Seed of the city.")
    var seed: UInt64 = 1

    @Option(
        help: "Outpatient settlements of a person in a year, on average; 0 leaves out settlements and institutions.")
    var settlementsPerPerson = 15

    @Flag(help: "One directory for each month of arrival, instead of one with the facts in their final form.")
    var byMonth = false

    func validate() throws {
        guard from <= to else { throw ValidationError("--from \(from) is after --to \(to)") }
    }

    func run() throws {
        let bar = ProgressBar()
        let city = try City(
            CitySpecification(
                people: people, months: from...to, seed: seed, settlementsPerPerson: settlementsPerPerson))
        let census = try city.write(to: out, as: byMonth ? .byMonth : .single) { done in
            bar.show("generate", done: Int64(done), of: Int64(people))
        }
        bar.clear()
        var table = TextTable([.left, .right])
        for (file, rows) in census.rows.sorted(by: { $0.key.name < $1.key.name }) {
            table.add(file.name, grouped(Int64(rows)))
        }
        Console.print(table.text())
        Console.print("\(grouped(Int64(census.people))) people written to \(out)")
    }
}
