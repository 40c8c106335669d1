import ArgumentParser

/// Which city is settled.
struct CityOptions: ParsableArguments {
    @Option(help: "People of the city.")
    var people = 1_000_000

    @Option(help: "Settlements of the year, about: whole numbers of them for each person.")
    var settlements = 5_000_000

    @Option(help: "Settlements of the night that is measured on top of the year (default: 60000, at most a twentieth).")
    var nightSettlements: Int?

    @Option(help: "Seed of the city.")
    var seed = 1

    /// The year that is settled.
    var year: Int { 2023 }

    var night: Int { nightSettlements ?? max(1, min(60_000, settlements / 20)) }

    func perPerson(_ settlements: Int) -> Int { max(1, min(100, settlements / max(1, people))) }

    func validate() throws {
        guard people > 0, settlements > 0 else { throw ValidationError("--people and --settlements take 1 or more") }
    }
}
