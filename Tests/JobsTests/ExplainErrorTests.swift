import Jobs
import Money
import Policy
import Testing

@testable import settle

@Suite(.serialized, .loadDatabase) struct `Explaining` {
    @Test func `finds in the ledger what it recomputes, for every settlement and month of the city`() async throws {
        let city = try await ExplainCity.settled()
        let settlements = try city.settlementIDs()
        #expect(settlements.count == 14)
        for id in settlements {
            #expect(try city.explain(settlement: id).exitCode == .done, "settlement \(id)")
        }
        for person in try city.personNumbers() {
            for month in ["2023-01", "2023-04", "2023-05", "2023-06"] {
                #expect(try city.explain(person: person, month).exitCode == .done, "\(person) in \(month)")
            }
        }
    }

    @Test func `prints at most 80 columns, and neither names nor certificate numbers`() async throws {
        let city = try await ExplainCity.settled()
        var texts: [String] = []
        for language in ExplainLanguage.allCases {
            for id in try city.settlementIDs() {
                texts.append(try city.text(settlement: id, language))
            }
            for person in try city.personNumbers() {
                texts.append(try city.text(person: person, "2023-05", language))
            }
        }
        for line in texts.joined(separator: "\n").split(separator: "\n") {
            #expect(displayWidth(String(line)) <= 80, "\(line)")
            #expect(!line.contains("某") && !line.contains("3207001") && !line.contains("医院"), "\(line)")
        }
    }

    @Test func `in English leaves nothing in Chinese but the titles of articles`() async throws {
        let city = try await ExplainCity.settled()
        for id in try city.settlementIDs() {
            let text = try city.text(settlement: id, .english)
            let rest = text.replacing("连政办发〔2022〕73号", with: "").replacing(/[一二三]（[一二三四五]）/, with: "")
            #expect(rest.unicodeScalars.allSatisfy { $0.value < 0x2E80 }, "\(id): \(rest)")
        }
    }

    @Test func `says when the ledger differs, and exits 4`() async throws {
        let city = try await ExplainCity.settled()
        try city.change("UPDATE ledger.adjudication SET pool_payment_fen = 10000 WHERE settlement_id = 's1'")
        let explanation = try city.explain(settlement: "s1")
        #expect(explanation.exitCode == .doesNotTie)
        #expect(
            ExplainSettlementText(explanation, .chinese).text.hasSuffix(
                """
                  核对      账上与重算不一致：统筹基金账上 100.00、重算 117.00；事实截至
                            2023-06-30 夜间批（运行 2）。请报技术人员核查。
                """))
        #expect(
            ExplainSettlementText(explanation, .english).text.hasSuffix(
                """
                  Check         the ledger differs: pooling fund 100.00 in the ledger, 117.00
                                recomputed; facts as of the night of 2023-06-30 (run 2). Tell
                                the operator.
                """))
    }

    @Test func `says when the ledger has no result, and exits 4`() async throws {
        let city = try await ExplainCity.settled()
        try city.change("DELETE FROM ledger.adjudication WHERE settlement_id = 's1'")
        let explanation = try city.explain(settlement: "s1")
        #expect(explanation.exitCode == .doesNotTie)
        #expect(
            ExplainSettlementText(explanation, .chinese).text.hasSuffix(
                """
                  核对      账上没有这笔结算的结果，按重算应当有；事实截至 2023-06-30 夜间批（运
                            行 2）。请报技术人员核查。
                """))
        #expect(
            ExplainSettlementText(explanation, .english).text.hasSuffix(
                """
                  Check         the ledger has no result and should have one; facts as of the
                                night of 2023-06-30 (run 2). Tell the operator.
                """))
    }

    @Test func `says when a credit differs, and exits 4`() async throws {
        let city = try await ExplainCity.settled()
        try city.change("UPDATE ledger.account_entry SET amount_fen = 12100 WHERE source = 'c1'")
        let explanation = try city.explain(person: "worker", "2023-05")
        #expect(explanation.exitCode == .doesNotTie)
        #expect(
            ExplainCreditText(explanation, .chinese).text.hasSuffix(
                """
                  核对      账上与重算不一致：账上合计 131.01，重算合计 130.01；事实截至 2023-06
                            月末（运行 4）。请报技术人员核查。
                """))
        #expect(
            ExplainCreditText(explanation, .english).text.hasSuffix(
                """
                  Check         the ledger differs: it holds 131.01; recomputed 130.01; facts as
                                of month-end 2023-06 (run 4). Tell the operator.
                """))
    }

    @Test func `notes that the rules given are not those of the night`() async throws {
        let city = try await ExplainCity.settled()
        let explanation = try city.explain(settlement: "s1", by: try city.otherRules())
        #expect(explanation.hasOtherRules && explanation.exitCode == .done)
        let digest = city.rules.digest.prefix(12)
        let note = "  注意      现用规则与运行 2 所用规则（\(digest)）不同，重算以现用规则为准。\n"
        #expect(ExplainSettlementText(explanation, .chinese).text.contains(note))
    }

    @Test func `shows a contribution that came after the last month-end as waiting for the next`() async throws {
        let city = try await ExplainCity.settled()
        try city.deliverLateContribution()
        let explanation = try city.explain(person: "unpaid", "2023-05")
        #expect(explanation.exitCode == .done)
        #expect(
            ExplainCreditText(explanation, .chinese).text.contains(
                """
                  1  缴费 c9，补缴（30），2023-07-01 到账                               0.00
                     上次月末之后才知道，下次月末处理
                """))
    }
}

@Suite(.serialized, .loadDatabase) struct `There is nothing to explain` {
    @Test func `about a settlement that nobody delivered`() async throws {
        let city = try await ExplainCity.settled()
        let error = #expect(throws: ExplainError.self) { try city.explain(settlement: "s99") }
        #expect(error == .unknownSettlement("s99"))
        #expect(
            error?.text ?? [] == [
                "没有收到结算 s99。请核对结算编号（setl_id），或先导入含有它的文件。",
                "no settlement s99 has been delivered. Check the number (setl_id), or load the file that holds it.",
            ])
        #expect(error?.exitCode == .refused)
        #expect(throws: ExplainError.self) { try city.explain(settlement: String(repeating: "9", count: 65)) }
        #expect(throws: ExplainError.self) { try city.explain(settlement: "") }
    }

    @Test func `about a person of whom nothing was delivered, and the number is not repeated`() async throws {
        let city = try await ExplainCity.settled()
        let error = #expect(throws: ExplainError.self) { try city.explain(person: "nobody", "2023-05") }
        #expect(error == .unknownPerson)
        #expect(
            error?.text ?? [] == [
                "没有收到此人的任何信息。请核对人员编号（psn_no），或先导入含有它的文件。",
                "nothing has been delivered about this person. Check the number (psn_no), or load the file that holds it.",
            ])
        #expect(error?.exitCode == .refused)
    }

    @Test func `before the first night and month-end`() throws {
        let city = try ExplainCity.delivered()
        let settlement = #expect(throws: ExplainError.self) { try city.explain(settlement: "s1") }
        #expect(
            settlement?.text ?? [] == [
                "结算 s1 已经收到，还没有结算（还没有做过夜间批）。`settle run-due` 会结算它。",
                "settlement s1 has arrived and is not settled yet (no night is done). `settle run-due` settles it.",
            ])
        #expect(settlement?.exitCode == .tryLater)
        let credit = #expect(throws: ExplainError.self) { try city.explain(person: "worker", "2023-05") }
        #expect(
            credit?.text ?? [] == [
                "还没有做过月末划账，2023-05 没有计入。`settle run-due` 会补做到期的月末。",
                "no month-end is done, so nothing is credited for 2023-05 yet. `settle run-due` does what is due.",
            ])
        #expect(credit?.exitCode == .tryLater)
    }

    @Test func `about a settlement that came after the last night`() async throws {
        let city = try await ExplainCity.settled()
        try city.load(["settlement.csv": ExplainCity.settlements([ExplainCity.afterTheNight])])
        let error = #expect(throws: ExplainError.self) { try city.explain(settlement: "n1") }
        #expect(
            error?.text ?? [] == [
                "结算 n1 已经收到，还没有结算（已结算到 2023-06-30）。`settle run-due` 会结算它。",
                "settlement n1 has arrived and is not settled yet (settled through 2023-06-30). "
                    + "`settle run-due` settles it.",
            ])
        #expect(error?.exitCode == .tryLater)
    }

    @Test func `to a role that may not read facts`() async throws {
        let city = try await ExplainCity.settled()
        let error = #expect(throws: ExplainError.self) { try city.explainAsReportRole(settlement: "s1") }
        #expect(
            error?.text ?? [] == [
                "当前数据库角色不能读取事实和结果。请用 settle_batch 的成员连接；本命令不写任何数据。",
                "this database role may not read facts and results. Connect as a member of settle_batch; "
                    + "nothing is written.",
            ])
        #expect(error?.exitCode == .refused)
    }
}

extension ExplainError {
    fileprivate var text: [String] { ExplainLanguage.allCases.map { $0.text(self) } }
}

@Suite struct `Lines of an explanation` {
    @Test(arguments: [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two", 6, ["one", "two"]),
        ("ABCDEFGHIJKL", 5, ["ABCDE", "FGHIJ", "KL"]),
        ("到账缴费按所属月份", 8, ["到账缴费", "按所属月", "份"]),
        ("当月没有，缴费", 8, ["当月没", "有，缴费"]),
        ("依据（二）一", 8, ["依", "据（二）", "一"]),
        ("金额 6,000.00 元", 12, ["金额", "6,000.00 元"]),
    ])
    func `break at spaces and around Chinese characters, not before closing punctuation`(
        text: String, width: Int, lines: [String]
    ) {
        #expect(wrapped(text, width: width) == lines)
    }
}
