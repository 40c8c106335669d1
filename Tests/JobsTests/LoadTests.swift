import Intake
import Jobs
import Postgres
import Testing

private let personHeader = "psn_no,psn_name,brdy,insu_admdvs,vali_flag\n"
private let contributionHeader =
    "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time\n"
private let useHeader = "acct_use_id,psn_no,acct_incexpd_type,use_kind,amount,use_date\n"

@Suite(.serialized, .loadDatabase) struct `A delivery is loaded as one numbered batch` {
    @Test func `with what became of its rows, its digest and its latest fact`() throws {
        let database = try LoadDatabase.required()
        let result = try database.load([
            "person.csv": personHeader + "P1,某某,1980-02-29,320700,\nP2,,,320700,1\n",
            "contribution.csv": contributionHeader
                + "C1,P1,310,10,2023-01,6000.00,120.00,420.00,2023-01-12\n"
                + "C2,P2,310,10,2023-02,6000.00,120.00,420.00,2023-02-11\n",
            "account_use.csv": useHeader + "U1,P1,205,大病,100.00,2023-02-10\n",
            "readme.txt": "not looked at",
        ])
        #expect(result.batch == 1)
        #expect(result.files.map(\.name) == ["person.csv", "contribution.csv", "account_use.csv"])
        #expect(result.files.map(\.new) == [2, 2, 1])
        #expect(
            try database.rows(
                "SELECT concat_ws(' ', batch_id, latest_fact_on, program_version, loaded_at AT TIME ZONE 'UTC') FROM intake.batch"
            ) == ["1 2023-02-11 test 2023-11-14 22:13:20"])
        #expect(
            try database.rows("SELECT batch_file::text FROM intake.batch_file ORDER BY file_name")
                == ["(1,account_use.csv,1,1,0,0)", "(1,contribution.csv,2,2,0,0)", "(1,person.csv,2,2,0,0)"])
    }

    /// As `sha256sum *.csv | sha256sum` says of the same two files.
    @Test func `The digest can be made with sha256sum`() throws {
        let database = try LoadDatabase.required()
        try database.load([
            "person.csv": "psn_no,insu_admdvs\nP1,320700\n",
            "fixed_credit.csv": "psn_no,year,year_total\nP1,2022,1200.00\n",
        ])
        #expect(
            try database.rows("SELECT digest FROM intake.batch")
                == ["23ad38bff9b078964e46d9863b408194d59a64c1e71dbd7c8304b411c826b3cd"])
    }

    @Test func `A delivery without events has no latest fact`() throws {
        let database = try LoadDatabase.required()
        try database.load(["person.csv": personHeader + "P1,,,320700,\n"])
        #expect(try database.rows("SELECT (latest_fact_on IS NULL)::text FROM intake.batch") == ["true"])
    }

    @Test func `Every column arrives, of every file, in an empty table and in one that is not`() throws {
        let database = try LoadDatabase.required()
        for (batch, number) in [(1, "1"), (2, "2")] {
            let result = try database.load(LoadRows.oneOfEach(number))
            #expect(result.batch == Int64(batch))
            #expect(result.files.allSatisfy { $0.new == 1 && $0.read == 1 })
            #expect(result.files.count == IntakeFile.all.count)
            for (table, row) in LoadRows.stored(number) {
                #expect(
                    try database.rows(
                        """
                        SELECT fact::text FROM intake.\(identifier: table) AS fact WHERE batch_id = \(literal: batch)
                        """) == [row])
            }
        }
    }

    @Test func `Progress is told for each file up to its last byte`() throws {
        let database = try LoadDatabase.required()
        var seen: [LoadProgress] = []
        let text = personHeader + "P1,,,320700,\n"
        try database.load(["person.csv": text]) { seen.append($0) }
        let last = try #require(seen.last)
        #expect(last.file == "person.csv")
        #expect(last.bytesRead == text.utf8.count)
        #expect(last.byteCount == text.utf8.count)
    }

    @Test func `A fact may come before its person, and partitions are made as months and years need them`() throws {
        let database = try LoadDatabase.required()
        let months = ["2022-12", "2023-01", "2023-02"]
        try database.load([
            "contribution.csv": contributionHeader
                + months.enumerated().map { "C\($0),P1,310,10,\($1),6000,120,420,2023-03-01\n" }.joined()
        ])
        try database.load([
            "contribution.csv": contributionHeader + "C9,P1,310,34,2024-02,-1.00,-0.02,-0.07,2024-03-01\n"
        ])
        try database.load(["person.csv": personHeader + "P1,,,320700,\n"])
        #expect(
            try database.rows(
                """
                SELECT tableoid::regclass::text || ' ' || clct_id FROM intake.contribution ORDER BY covered_month
                """)
                == [
                    "intake.contribution_2022_12 C0", "intake.contribution_2023_01 C1",
                    "intake.contribution_2023_02 C2",
                    "intake.contribution_2024_02 C9",
                ])
    }

    @Test(arguments: ["P1", "32070000000001", "号码-é-🏥", "a\"b,c"])
    func `The key of a person is the one that SQL computes`(number: String) throws {
        let database = try LoadDatabase.required()
        let field =
            "\"" + number.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        try database.load(["person.csv": personHeader + "\(field),,,320700,\n"])
        #expect(
            try database.rows("SELECT psn_no FROM intake.person WHERE person_id = intake.person_id(psn_no)") == [number]
        )
    }
}

@Suite(.serialized, .loadDatabase) struct `Versioned rows` {
    static let versions: SQLText = """
        SELECT concat_ws(' ', batch_id, psn_no, coalesce(psn_name, '-'), valid) FROM intake.person ORDER BY psn_no, batch_id
        """

    @Test func `that are delivered unchanged change nothing, and without any change there is no batch`() throws {
        let database = try LoadDatabase.required()
        let files = ["person.csv": personHeader + "P1,a,,320700,\nP2,b,,320700,1\n"]
        try database.load(files)
        let before = try database.contents()
        let again = try database.load(files)
        #expect(again.batch == nil)
        #expect(again.files.map { [$0.read, $0.new, $0.replacing, $0.unchanged] } == [[2, 0, 0, 2]])
        #expect(try database.contents() == before)
    }

    @Test func `that differ replace the older version, which stays`() throws {
        let database = try LoadDatabase.required()
        try database.load(["person.csv": personHeader + "P1,a,,320700,\nP2,b,,320700,\n"])
        let second = try database.load(["person.csv": personHeader + "P1,c,,320700,\nP2,b,,320700,\nP3,d,,320700,\n"])
        #expect(second.files.map { [$0.read, $0.new, $0.replacing, $0.unchanged] } == [[3, 1, 1, 1]])
        let third = try database.load(["person.csv": personHeader + "P1,a,,320700,\n"])
        #expect(third.files.map(\.replacing) == [1])
        #expect(
            try database.rows(Self.versions)
                == ["1 P1 a t", "2 P1 c t", "3 P1 a t", "1 P2 b t", "2 P3 d t"])
    }

    @Test func `An empty cell replaces a value, and a value an empty cell`() throws {
        let database = try LoadDatabase.required()
        for (name, replacing) in [("a", 0), ("", 1), ("", 0), ("a", 1)] {
            let result = try database.load(["person.csv": personHeader + "P1,\(name),,320700,\n"])
            #expect(result.files.map(\.replacing) == [replacing])
        }
    }

    @Test func `with vali_flag 0 are withdrawn`() throws {
        let database = try LoadDatabase.required()
        try database.load(["person.csv": personHeader + "P1,a,,320700,\n"])
        let second = try database.load(["person.csv": personHeader + "P1,a,,320700,0\n"])
        #expect(second.files.map(\.replacing) == [1])
        #expect(try database.rows(Self.versions) == ["1 P1 a t", "2 P1 a f"])
    }

    @Test(arguments: [0, 1])
    func `that come twice in a file must say the same`(earlierDeliveries: Int) throws {
        let database = try LoadDatabase.required()
        if earlierDeliveries > 0 { try database.load(["person.csv": personHeader + "P9,,,320700,\n"]) }
        let result = try database.load(["person.csv": personHeader + "P1,a,,320700,\nP2,b,,320700,\nP1,a,,320700,1\n"])
        #expect(result.files.map { [$0.read, $0.new, $0.unchanged] } == [[3, 2, 1]])
        #expect(
            try database.refusal(of: [
                "person.csv": personHeader
                    + "P5,a,,320700,\nP6,b,,320700,\nP5,c,,320700,\nP5,a,,320700,\nP6,b,,320700,0\n"
            ]) == """
                person.csv:4: psn_no: the same key stands on line 2 with other content; deliver one of the two
                person.csv:6: psn_no: the same key stands on line 3 with other content; deliver one of the two
                Nothing was loaded.
                """)
    }

    @Test func `A person number that has another's key is refused`() throws {
        let database = try LoadDatabase.required()
        var connection = try database.connect()
        try connection.execute(
            Statement(
                "plant a collision",
                """
                INSERT INTO intake.person (person_id, batch_id, valid, psn_no, insu_admdvs)
                VALUES (intake.person_id('P1'), 1, true, 'another', '320700')
                """))
        #expect(
            try database.refusal(of: ["person.csv": personHeader + "P2,,,320700,\nP1,,,320700,\n"]) == """
                person.csv:3: psn_no: has the internal key of another person number; \
                deliver neither of the two and report the case; the key is a digest of the number
                Nothing was loaded.
                """)
    }
}

@Suite(.serialized, .loadDatabase) struct `Events` {
    static let first = "C1,P1,310,10,2023-01,6000.00,120.00,420.00,2023-01-12\n"

    @Test func `delivered again with the same content are unchanged`() throws {
        let database = try LoadDatabase.required()
        try database.load(["contribution.csv": contributionHeader + Self.first])
        let again = try database.load([
            "contribution.csv": contributionHeader + Self.first
                + "C2,P1,310,10,2023-02,6000.00,120.00,420.00,2023-02-12\n" + Self.first
        ])
        #expect(again.batch == 2)
        #expect(again.files.map { [$0.read, $0.new, $0.replacing, $0.unchanged] } == [[3, 1, 0, 2]])
        #expect(
            try database.rows("SELECT latest_fact_on::text FROM intake.batch ORDER BY batch_id")
                == ["2023-01-12", "2023-02-12"])
    }

    @Test(arguments: [
        "C1,P1,310,10,2023-01,6000.01,120.00,420.00,2023-01-12\n",
        "C1,P2,310,10,2023-01,6000.00,120.00,420.00,2023-01-12\n",
        "C1,P1,310,10,2023-02,6000.00,120.00,420.00,2023-01-12\n",
    ])
    func `delivered again with other content, month or person are refused`(row: String) throws {
        let database = try LoadDatabase.required()
        try database.load(["contribution.csv": contributionHeader + Self.first])
        let other = "C2,P2,310,10,2023-01,1.00,0.02,0.07,2023-02-12\n"
        #expect(
            try database.refusal(of: ["contribution.csv": contributionHeader + other + row]) == """
                contribution.csv:3: clct_id: delivered in batch 1 with other content; \
                events are never replaced: deliver a new row with its own id (refund, difference)
                Nothing was loaded.
                """)
        #expect(
            try database.refusal(of: [
                "contribution.csv": contributionHeader + other + other.replacing("1.00", with: "2.00")
            ])
                == """
                contribution.csv:3: clct_id: the same key stands on line 2 with other content; deliver one of the two
                Nothing was loaded.
                """)
    }

    @Test func `with one id for two persons are refused in the first delivery too`() throws {
        let database = try LoadDatabase.required()
        #expect(
            try database.refusal(of: [
                "account_use.csv": useHeader + "U1,P1,205,a,1.00,2023-01-01\nU1,P2,205,a,1.00,2023-01-01\n"
            ]) == """
                account_use.csv:3: acct_use_id: the same key stands on line 2 with other content; deliver one of the two
                Nothing was loaded.
                """)
    }
}

@Suite(.serialized, .loadDatabase) struct `A delivery that cannot be loaded whole is not loaded at all` {
    @Test func `and all its problems are told, those of every file`() throws {
        let database = try LoadDatabase.required()
        try database.load(["account_use.csv": useHeader + "U1,P1,205,a,1.00,2023-01-01\n"])
        #expect(
            try database.refusal(of: [
                "person.csv": personHeader + "P1,a,,320700,\nP2,a,1980-02-30,320700,\nP1,b,,320700,\n",
                "contribution.csv": contributionHeader + "C1,P1,310,11,2023-01,6000.00,120.00,420.00,2023-01-12\n",
                "account_use.csv": useHeader + "U1,P1,205,a,2.00,2023-01-01\n",
                "family_link.csv": "psn_no\n",
                "fixed_credit.csv": "psn_no,year,year_total\nP1,2022,1200.00\n",
            ]) == """
                person.csv:3: brdy "1980-02-30": there is no such date; write YYYY-MM-DD, as 2023-01-31
                person.csv:4: psn_no: the same key stands on line 2 with other content; deliver one of the two
                family_link.csv:1: rlts_psn_no: missing from the header; add the column
                family_link.csv:1: rlts_type: missing from the header; add the column
                family_link.csv:1: begndate: missing from the header; add the column
                contribution.csv:2: clct_type "11": not one of the values known; write one of 10, 20, 30, 32, 34, 35, 36
                account_use.csv:2: acct_use_id: delivered in batch 1 with other content; \
                events are never replaced: deliver a new row with its own id (refund, difference)
                Nothing was loaded.
                """)
    }

    @Test func `and no more than the limit`() throws {
        let database = try LoadDatabase.required()
        #expect(
            try database.refusal(of: ["person.csv": personHeader + "P1,,,,\nP2,,,,\nP3,,,,\n"], limit: 2) == """
                person.csv:2: insu_admdvs: empty; write a value
                person.csv:3: insu_admdvs: empty; write a value
                and more may be wrong: the first 2 problems are shown
                Nothing was loaded.
                """)
    }

    static let known = """
        the files are institution.csv, person.csv, enrolment.csv, family_link.csv, fixed_credit.csv, \
        account_opening.csv, contribution.csv, account_use.csv, settlement.csv, institution_statement.csv, \
        institution_statement_line.csv
        """

    @Test func `A CSV file that is not in the contract, an empty directory, one that is not there`() throws {
        let database = try LoadDatabase.required()
        let loader = Loader(settings: database.loaderSettings(), clock: Clock { 0 }, programVersion: "test")
        let unknown = try database.directory(["person.csv": personHeader, "persons.csv": "", "Enrolment.CSV": ""])
        let empty = try database.directory(["readme.txt": ""])
        let cases = [
            (
                unknown,
                "\(unknown): not in the intake contract: Enrolment.CSV, persons.csv; take it out or rename it: \(Self.known)"
            ),
            (empty, "\(empty): no file of the intake contract is in it; \(Self.known)"),
            (
                empty + "/none",
                "\(empty)/none: not a directory that can be read; name the one that holds the delivered files"
            ),
        ]
        for (directory, message) in cases {
            let error = #expect(throws: LoadError.self) { try loader.load(directory: directory) }
            #expect(error.map { "\($0)" } == message)
            #expect(error?.exitCode == .refused)
        }
    }

    @Test func `A database without the schema says what to run`() throws {
        let database = try LoadDatabase.required()
        var connection = try database.connect()
        try connection.execute(Statement("hide", "ALTER TABLE public.settle_migration RENAME TO hidden"))
        let error = #expect(throws: JobError.self) { try database.load(["person.csv": personHeader]) }
        try connection.execute(Statement("show", "ALTER TABLE public.hidden RENAME TO settle_migration"))
        #expect(error.map { "\($0)" } == "this database has no settle schema. Run `settle migrate` first.")
    }
}

@Suite(.serialized, .loadDatabase) struct `When the answer to COMMIT is lost` {
    static let files = ["person.csv": personHeader + "P1,a,,320700,\n"]

    @Test func `the loader looks, and finds the batch`() throws {
        let database = try LoadDatabase.required()
        let result = try database.load(Self.files, commitFault: CommitFault(number: 1, .afterCommit))
        #expect(result.batch == 1)
        #expect(try database.rows("SELECT psn_no FROM intake.person") == ["P1"])
    }

    @Test func `or finds that it is not there, and says so; the next load does the work`() throws {
        let database = try LoadDatabase.required()
        #expect(throws: (any Error).self) {
            try database.load(Self.files, commitFault: CommitFault(number: 1, .beforeCommit))
        }
        #expect(try database.rows("SELECT psn_no FROM intake.person") == [])
        #expect(try database.load(Self.files).batch == 1)
    }
}
