import ArgumentParser
import Jobs
import Postgres
import Schema

struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to the shape this program knows.",
        discussion: "Run again, it changes nothing. A database that is newer than the program is refused.")

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        var connection = try Connection(database.settings)
        let applied = try Migrator().migrate(&connection)
        for migration in applied {
            Console.print("applied \(migration.fileName)")
        }
        Console.print(
            applied.isEmpty
                ? "The database is up to date (migration \(Migration.all.count))."
                : "The database is at migration \(Migration.all.count).")
    }
}
