import Jobs
import Money
import Policy
import Postgres
import Testing

extension `The books of a year` {
    @Suite(.scratch) struct `A certificate is verified against the database as it stands` {
        /// One chunk a person, as far as their keys allow, so that a place is a person.
        private static let options = JobOptions(chunkSize: 1)

        @Test(arguments: ["changed", "added, taken away or swapped"])
        func `and names each place that was changed, and nothing else`(how: String) async throws {
            let database = try await YearEndTown.settled(Self.options)
            _ = try ReconcileJob(
                Self.options.context(database.settings()), period: .month(try #require(Month("2023-03")))
            ).run()
            try await database.close(2023, Self.options)
            let town = try Chunks(database)
            try #require(try await database.verify(2023).map(\.holds) == [true])
            for broken in how == "changed" ? SealBreak.changes : SealBreak.rows {
                let kept = broken.tables.map { "kept_" + $0.replacing(".", with: "_") }
                for (table, copy) in zip(broken.tables, kept) {
                    try database.tamper("CREATE TABLE public.\(copy) AS TABLE \(table)")
                }
                try database.tamper("SET session_replication_role = replica; \(broken.sql)")

                let verification = try #require(try await database.verify(2023).first)
                #expect(town.places(of: verification) == town.places(named: broken.places), "\(broken.what)")
                #expect(verification.exitCode == .doesNotTie, "\(broken.what)")

                for (table, copy) in zip(broken.tables, kept) {
                    try database.tamper(
                        """
                        SET session_replication_role = replica;
                        DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM public.\(copy); DROP TABLE public.\(copy);
                        """)
                }
                let again = try #require(try await database.verify(2023).first)
                #expect(town.places(of: again) == [], "\(broken.what), put back")
                #expect(again.exitCode == .done)
            }
        }

        /// Who lies in which range of the certificate.
        private struct Chunks {
            private struct Person {
                let number: String
                let id: Int64
                let chunk: Int32
            }

            private let people: [Person]

            init(_ database: ScratchDatabase) throws {
                var connection = try database.connect()
                people = try connection.rows(
                    Statement(
                        "people",
                        """
                        SELECT psn_no, person_id, chunk_no FROM intake.person
                        JOIN run.certificate_leaf ON person_id BETWEEN person_from AND person_upto
                        WHERE table_name = 'intake.person' ORDER BY psn_no
                        """)
                ) { row throws(DatabaseError) in
                    Person(
                        number: try row[0, as: String.self], id: try row[1, as: Int64.self],
                        chunk: try row[2, as: Int32.self])
                }
                try #require(people.first { $0.number == "W1" }?.chunk != people.first { $0.number == "W3" }?.chunk)
            }

            /// With the chunk of each person instead of the person.
            func places(named places: [String]) -> [String] {
                places.map { place in
                    people.reduce(place) { $0.replacing("of \($1.number)", with: "of chunk \($1.chunk)") }
                }.sorted()
            }

            func places(of verification: Verification) -> [String] {
                verification.mismatches.map { mismatch in
                    switch mismatch {
                    case .leaf(let leaf, _, let persons):
                        let named = people.filter { persons.contains($0.id) }.map(\.number)
                        return "leaf \(leaf.table) of chunk \(leaf.range.number)"
                            + (named.isEmpty ? "" : ": \(named.joined(separator: " "))")
                    case .line(let section, let item, _, _):
                        return "line \(section) \(section == "rules" ? "D" : item)"
                    case .certificate: return "certificate"
                    case .previous: return "previous"
                    }
                }.sorted()
            }
        }

        @Test func `with the rules of the year or without them, and only those of the year name persons`() async throws
        {
            let database = try await YearEndTown.closed(Self.options)
            try database.tamper(
                "UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source = '2023-02-W3'")
            var other = Self.options
            other.rules = try TestRules.published()
            let (named, unnamed) = (
                try #require(try await database.verify(2023).first),
                try #require(try await database.verify(nil, other).first)
            )
            guard case .leaf(let leaf, let rows, let persons) = named.mismatches.first,
                case .leaf(let sameLeaf, _, let nobody) = unnamed.mismatches.first
            else {
                Issue.record("no leaf is named")
                return
            }
            #expect(leaf == sameLeaf)
            #expect(leaf.rows == rows)
            #expect(persons.map(String.init) == (try database.rows("SELECT intake.person_id('W3')::text")))
            #expect(nobody == [])
            #expect(named.mismatches.count == 1 && unnamed.mismatches.count == 1)
        }

        @Test func `and says that there is none where no year is closed`() async throws {
            let database = try await YearEndTown.settled()
            for (year, text) in [
                (2023, "the year 2023 has no certificate; `settle year-end --year 2023` closes it and makes one."),
                (nil, "no year is closed yet, so there is nothing to verify."),
            ] {
                let error = try await #require(throws: VerifyError.self) { try await database.verify(year) }
                #expect("\(error)" == text)
                #expect(error.exitCode == .refused)
            }
        }

        @Test func `and is no answer at all if it was asked to stop half-way`() async throws {
            let database = try await YearEndTown.closed(Self.options)
            let stop = StopRequest()
            var stopping = JobOptions(workers: 1)
            (stopping.stop, stopping.progress) = (stop, { _ in stop.request() })
            let error = try await #require(throws: VerifyError.self) { try await database.verify(2023, stopping) }
            #expect("\(error)" == "the verification of 2023 stopped as asked; nothing can be said of the year.")
            #expect(error.exitCode == .tryLater)
        }

        /// The books of 2024 are no matter of the certificate of 2023.
        @Test func `and matches whatever later nights and month-ends post about the year`() async throws {
            let database = try await YearEndTown.closed(Self.options)
            try database.load(
                NightlyTown.settlements(
                    NightlySettlement("late") {
                        ($0.person, $0.time, $0.account) = ("W3", "2023-06-06 08:00:00", Fen(20_00))
                    },
                    YearEndTown.settlements[6].refunded("g-back", at: "2024-01-05 09:00:00")))
            try database.load([
                "contribution.csv": SmallTown.contributionHeader
                    + "late,W2,310,34,2023-05,1000.00,20.00,70.00,2024-01-20\n",
                "enrolment.csv": "psn_no,insutype,psn_type,begndate\nW6,310,1201,2023-07-15\n",
            ])
            try await database.settle(months: "2024-01"..."2024-02")
            #expect(
                try database.rows("SELECT DISTINCT psn_no FROM report.prior_year_entry ORDER BY 1") == [
                    "W2", "W3", "W6",
                ])
            #expect(try await database.verify(2023).map(\.mismatches) == [[]])
        }
    }
}
