import FoundationEssentials
import Glibc
import Testing

/// Without a server tests are skipped and say so; a program under test gets the server by libpq's variables.
struct BenchTrait: SuiteTrait, TestTrait {
    func prepare(for test: Test) async throws {
        guard BenchTrait.server == nil else { return }
        try Test.cancel("SETTLE_TEST_DATABASE is not set; jobs/cluster start makes a server for it")
    }

    static var server: String? { getenv("SETTLE_TEST_DATABASE").map { String(cString: $0) } }
}

extension Trait where Self == BenchTrait {
    static var server: Self { Self() }
}
