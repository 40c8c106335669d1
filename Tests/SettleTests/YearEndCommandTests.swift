import FoundationEssentials
import Postgres
import Testing

@Suite(.serialized, .database) struct `A year on the command line` {
    /// A migrated database with a city, of whose December the nights are done.
    private func settleNights() throws {
        #expect(try Settle.migrate().code == 0)
        #expect(
            try Settle.run(
                "generate --out city --people 200 --from 2023-12 --to 2024-01 --seed 9 --settlements-per-person 20"
            ).code == 0)
        #expect(try Settle.run("load city").code == 0)
        #expect(try Settle.run("nightly --date 2023-12-31").code == 0)
    }

    @Test func `is closed once, verified, proven again, and seen in the status`() throws {
        try settleNights()
        let early = try Settle.run("year-end --year 2023")
        #expect(early.code == 75)
        #expect(
            early.complaint.hasSuffix(
                """
                settle: the year 2023 cannot be closed: month-end 2023-12 is not done. `settle run-due` does what is due, \
                and `settle status` says what waits.

                """), "\(early.complaint)")
        #expect(try Settle.run("verify").code == 65)
        #expect(try Settle.run("month-end --month 2023-12").code == 0)
        let due = try Settle.run("status --as-of 2024-01-01")
        #expect(due.code == 75)
        #expect(due.output.contains("\ndue: year-end 2023; `settle run-due` does it\n"), "\(due.output)")
        #expect(try document(of: "status --as-of 2024-01-01 --json").due == ["year-end 2023"])

        let dry = try Settle.run("year-end --year 2023 --dry-run")
        #expect(dry.code == 0)
        #expect(dry.output.hasPrefix("year-end 2023: dry run, nothing was written\n"))
        #expect(dry.output.contains("interest: none paid; to be supplied in the site file:\n"), "\(dry.output)")
        try expectNothingClosed()

        let done = try Settle.run("year-end --year 2023")
        #expect(done.code == 0)
        #expect(done.output.hasPrefix("year-end 2023: run 4\n"), "\(done.output)")
        let digest = try #require(try Settle.rows("SELECT digest FROM report.certificate").first)
        for part in [
            "    people                       0                0\n",
            "    settlements                  0  0.00          0  0.00\n",
            "    credits and openings         0  0.00          0  0.00\n",
            """

              interest: none paid; to be supplied in the site file:
                account.demand_interest_rate
                account.three_month_interest_rate

            """,
            " tie\n", "  the books of 2023 are closed; certificate\n  \(digest)\n",
        ] {
            #expect(done.output.contains(part), "\(part) in \(done.output)")
        }
        let again = try Settle.run("year-end --year 2023")
        #expect(again.code == 0)
        #expect(again.output.hasPrefix("year-end 2023 is done: run 4 on "), "\(again.output)")
        #expect(again.output.hasSuffix(". Nothing changed.\n"))
        #expect(try Settle.rows("SELECT digest FROM report.certificate") == [digest])

        let status = try Settle.run("status --as-of 2024-01-01")
        #expect(status.code == 0)
        #expect(status.output.hasPrefix("as of 2024-01-01: settled through 2023-12, 2023 closed\n"), "\(status.output)")
        let closed = try document(of: "status --as-of 2024-01-01 --json")
        #expect((closed.closedYear, closed.due, closed.exitCode) == (2023, [], 0))
        try verify(digest)
        try reprove()
    }

    private struct Status: Decodable {
        let closedYear: Int?
        let due: [String]
        let exitCode: Int
    }

    private func document(of command: String) throws -> Status {
        try JSONDecoder().decode(Status.self, from: Data(try Settle.run(command).output.utf8))
    }

    private func expectNothingClosed() throws {
        #expect(
            try Settle.rows("SELECT concat_ws(' ', state, (SELECT count(*) FROM run.run)) FROM ledger.period") == [
                "open 3"
            ])
    }

    private func verify(_ digest: String) throws {
        for command in ["verify", "verify --year 2023"] {
            let verified = try Settle.run(command)
            #expect(verified.code == 0)
            #expect(
                verified.output.hasPrefix("certificate 2023, run 4\n  \(digest)\n  computed again: "),
                "\(verified.output)")
            #expect(verified.output.hasSuffix(" rows\n  everything matches\n"), "\(verified.output)")
        }
        let other = try Settle.run("verify --year 2022")
        #expect(other.code == 65)
        #expect(
            other.complaint
                == "settle: the year 2022 has no certificate; `settle year-end --year 2022` closes it and makes one.\n")

        let credit: SQLText = "kind = 101 AND amount_fen > 1000"
        let person = try #require(
            try Settle.rows(
                """
                UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE (person_id, source) =
                    (SELECT person_id, source FROM ledger.account_entry WHERE \(credit) ORDER BY 1, 2 LIMIT 1)
                RETURNING person_id::text
                """
            ).first)
        let altered = try Settle.run("verify")
        #expect(altered.code == 4)
        #expect(
            altered.output.hasSuffix(
                """
                  1 place does not match:
                    ledger.account_entry, chunk 0: \
                \(try Settle.rows("SELECT to_char(row_count, 'FM999,999') FROM run.certificate_leaf WHERE table_name = 'ledger.account_entry'")[0]) \
                rows, changed
                      persons 0 to 9223372036854775807
                      not what the facts come to: person \(person)

                """), "\(altered.output)")
        let refused = try Settle.run("year-end --reprove 2023")
        #expect(refused.code == 4)
        #expect(refused.complaint.contains("`settle verify --year 2023` names the places; put the rows back"))
        _ = try Settle.rows(
            """
            UPDATE ledger.account_entry SET amount_fen = amount_fen - 1 WHERE (person_id, source) =
                (SELECT person_id, source FROM ledger.account_entry WHERE \(credit) ORDER BY 1, 2 LIMIT 1)
            RETURNING person_id::text
            """)
        #expect(try Settle.run("verify").code == 0)
    }

    private func reprove() throws {
        let proven = try Settle.run("year-end --reprove 2023")
        #expect(proven.code == 0)
        #expect(proven.output.hasPrefix("reprove 2023: run 5\n"), "\(proven.output)")
        #expect(proven.output.contains("    people                       0                0\n"), "\(proven.output)")
        #expect(!proven.output.contains("certificate"))
        #expect(try Settle.run("year-end --reprove 2023").output.hasPrefix("reprove 2023: run 6\n"))
        let early = try Settle.run("year-end --reprove 2022")
        #expect(early.code == 75)
        #expect(
            early.complaint.hasSuffix(
                "settle: the year 2022 is not closed; `settle year-end --year 2022` proves and closes it.\n"),
            "\(early.complaint)")
    }

    @Test(arguments: [
        ("year-end", "give --year, or --reprove"),
        ("year-end --year 2023 --reprove 2023", "give --year, or --reprove"),
        ("year-end --year 23", "a year has four digits, as 2023"),
        ("year-end --reprove 20231", "a year has four digits, as 2023"),
        ("year-end --year zwanzig", "The value 'zwanzig' is invalid for '--year <year>'"),
        ("year-end --year 2023 --chunk-size 0", "--chunk-size takes 1 to 1000000"),
        ("verify --year 2023.5", "The value '2023.5' is invalid for '--year <year>'"),
        ("verify --workers 0", "--workers takes 1 to 64"),
    ])
    func `is not closed by arguments that cannot be meant`(arguments: String, complaint: String) throws {
        let ending = try Settle.run(arguments)
        #expect(ending.code == 64)
        #expect(ending.complaint.contains(complaint), "\(ending.complaint)")
        #expect(ending.output == "")
    }
}
