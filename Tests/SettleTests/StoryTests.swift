import FoundationEssentials
import Postgres
import Testing

/// What an operator types, from an empty database to a month that waits for a figure and then has it.
@Suite(.database) struct `From an empty database` {
    @Test func `to a credited year`() throws {
        let unmade = try Settle.run("status")
        #expect(unmade.code == 75)
        #expect(unmade.complaint == "settle: this database has no settle schema. Run `settle migrate` first.\n")

        let migrated = try Settle.migrate()
        #expect(migrated.code == 0)
        #expect(migrated.output.hasPrefix("applied 0001_schemas_and_roles.sql\n"))
        let again = try Settle.migrate()
        #expect((again.code, again.output.hasPrefix("The database is up to date (migration ")) == (0, true))

        let idle = try Settle.run("status --as-of 2023-02-01")
        #expect(idle.code == 0)
        #expect(idle.output == "as of 2023-02-01: no month settled yet\nfacts: none loaded\nnothing is due\n")
        #expect(try Settle.run("runs").output == "No runs yet.\n")

        try loadBadFilesAndGood()
        try settleJanuary()
        try waitForTheFigure()
    }

    private func loadBadFilesAndGood() throws {
        try Settle.write(
            """
            psn_no,insu_admdvs,vali_flag
            P1,320703,2
            ,320703,

            """, to: "bad/person.csv")
        try Settle.write("clct_id,psn_no\nC1,P1\n", to: "bad/contribution.csv")
        let refused = try Settle.run("load bad")
        #expect(refused.code == 65)
        #expect(refused.output == "")
        for part in [
            "person.csv:2: ", "vali_flag", "person.csv:3: ", "psn_no", "contribution.csv:1: ", "Nothing was loaded.",
        ] {
            #expect(refused.complaint.contains(part), "\(refused.complaint)")
        }
        #expect(
            try Settle.rows("SELECT (SELECT count(*) FROM intake.batch)::text || (SELECT count(*) FROM intake.person)")
                == ["00"])
        #expect(try Settle.run("load nowhere").code == 65)

        #expect(
            try Settle.run(
                "generate --out city --people 300 --from 2023-01 --to 2024-01 --seed 6 --settlements-per-person 0"
            ).code == 0)
        let loaded = try Settle.run("load city")
        #expect(loaded.code == 0)
        #expect(loaded.output.hasSuffix("batch 1 loaded from city\n"))
        #expect(loaded.width <= 80)
        let reloaded = try Settle.run("load city")
        #expect((reloaded.code, reloaded.output.contains("no batch was made")) == (0, true))
        #expect(reloaded.width <= 80)
    }

    private func settleJanuary() throws {
        let early = try Settle.run("month-end --month 2099-12")
        #expect(early.code == 75)
        #expect(early.complaint.hasSuffix("it can be closed from 2100-01-01 on.\n"))
        let before = try Settle.run("month-end --month 2022-12")
        #expect(before.code == 3)
        #expect(
            before.complaint.contains("has no value for 2022-12-01; the first is 2023-01-01."), "\(before.complaint)")

        let dry = try Settle.run("month-end --month 2023-01 --dry-run")
        #expect(dry.code == 0)
        #expect(dry.output.hasPrefix("month-end 2023-01: dry run, nothing was written\n"))
        #expect(try Settle.rows("SELECT count(*)::text FROM run.run") == ["0"])

        let due = try Settle.run("status --as-of 2023-02-01")
        #expect(due.code == 75)
        #expect(due.output.contains("due: month-end 2023-01; `settle run-due` does it\n"), "\(due.output)")
        let done = try Settle.run("month-end --month 2023-01")
        #expect(done.code == 0)
        #expect(done.output.hasPrefix("month-end 2023-01: run 1\n"))
        #expect(done.output.hasSuffix("control totals: 11 of 11 tie\n"))
        #expect(done.width <= 80)
        let body = { (text: String) in text.split(separator: "\n").dropFirst().prefix(20) }
        #expect(body(done.output) == body(dry.output))

        let again = try Settle.run("month-end --month 2023-01")
        #expect(again.code == 0)
        #expect(again.output.hasPrefix("month-end 2023-01 is done: run 1 on "))
        #expect(again.output.hasSuffix(". Nothing changed.\n"))
    }

    private func waitForTheFigure() throws {
        let waiting = try Settle.run("run-due --as-of 2024-02-01")
        #expect(waiting.code == 3)
        #expect(waiting.complaint.contains("month-end 2024-01 waits for account.retiree_monthly_amount"))
        #expect(waiting.width <= 80)

        let status = try Settle.run("status --as-of 2024-02-01")
        #expect(status.code == 3)
        #expect(
            status.output.hasPrefix(
                "as of 2024-02-01: settled through 2024-01, 2023 closed\nfacts: 1 batch, the newest of "))
        #expect(
            status.output.hasSuffix("blocked: month-end 2024-01 waits for account.retiree_monthly_amount\n"),
            "\(status.output)")
        #expect(status.width <= 80, "\(status.output)")
        let json = try Settle.run("status --as-of 2024-02-01 --json")
        #expect(json.code == 3)
        let document = try JSONDecoder().decode(Status.self, from: Data(json.output.utf8))
        #expect(
            document
                == Status(
                    asOf: "2024-02-01", batches: 1, settledThrough: "2024-01", closedYear: 2023,
                    waiting: [.init(instance: "month-end 2024-01", waitsFor: "account.retiree_monthly_amount")],
                    due: [],
                    exitCode: 3))

        try Settle.write(
            """
            site: office
            completes: lianyungang-employee
            source: 测试用数字
            values:
              account.retiree_monthly_amount:
                2024-01-01: {value: 9876}

            """, to: "site.yaml")
        let supplied = try Settle.run("run-due --as-of 2024-02-01", environment: ["SETTLE_SITE": "site.yaml"])
        #expect(supplied.code == 0)
        #expect(supplied.output.hasPrefix("month-end 2024-01: run 15\n"))
        let nothing = try Settle.run("run-due --as-of 2024-02-01 --site site.yaml")
        #expect((nothing.code, nothing.output) == (0, "Nothing is due.\n"))

        let runs = try Settle.run("runs --last 30")
        #expect(runs.code == 0)
        #expect(runs.output.split(separator: "\n").count == 17)
        #expect(runs.output.hasSuffix("\nrun 14 waited for account.retiree_monthly_amount\n"))
        #expect(runs.width <= 80, "\(runs.output)")
        #expect(try Settle.run("runs --last 1").output.split(separator: "\n").count == 2)
    }

    private struct Status: Decodable, Equatable {
        struct Waiting: Decodable, Equatable {
            let instance: String
            let waitsFor: String
        }

        let asOf: String
        let batches: Int
        let settledThrough: String
        let closedYear: Int
        let waiting: [Waiting]
        let due: [String]
        let exitCode: Int
    }
}
