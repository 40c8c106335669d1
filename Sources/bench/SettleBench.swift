import ArgumentParser
import Glibc

/// Measures `settle` against what else could do its work. Not part of what is installed.
@main
struct SettleBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle-bench",
        abstract: "Measure settle against the best SQL, a row loop, and the floor.",
        subcommands: [CompareJobs.self, MeasureCore.self])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as BenchError {
            complain("settle-bench: \(error)")
            Glibc.exit(error.exitCode)
        } catch {
            exit(withError: error)
        }
    }
}

/// Says how far it is, on standard error.
func complain(_ text: String) {
    let bytes = Array("\(text)\n".utf8)
    // A reader who went away is no error of ours.
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
