import Money
import Oracle
import Policy
import Settlement
import Testing

extension `连政办发〔2022〕73号`.`二（一） 随机年度的性质` {
    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `没有退费的年度，不留存明细也算得一样`(seed: UInt64) throws {
        for reading in Reading.allCases {
            let pooling = try reading.pooling()
            var years = NaiveYears(seed: seed)
            let isOrderly = seed.isMultiple(of: 2)
            let person = try years.person(isOrderly: isOrderly)
            let rows = try years.rows(isOrderly: isOrderly, withRefunds: false)
            var pairs: [Int: (remembering: PersonYear, forgetting: PersonYear)] = [:]
            for (row, year) in pooling.inOrder(rows) {
                var pair = pairs[year] ?? (PersonYear(), PersonYear(looksBack: false))
                let item = try pooling.item(row, of: person)
                let comment: Comment = "seed \(seed), \(reading), \(row.id)"
                let table = pooling.engine.table(on: row.day)
                #expect(
                    try pair.remembering.settle(item, by: table) == pair.forgetting.settle(item, by: table), comment)
                #expect(pair.remembering.sums == pair.forgetting.sums, comment)
                #expect(pair.remembering.lastCategory == pair.forgetting.lastCategory, comment)
                #expect(!pair.forgetting.holds(item.id), comment)
                pairs[year] = pair
            }
        }
    }

    @Test func `不留存明细的年度不接受退费`() async {
        let exit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var year = PersonYear(looksBack: false)
            _ = try year.settle(
                YearItem(
                    id: "back", time: CivilTime(Month(monthNumber: 2023 * 12).firstDay, secondOfDay: 0),
                    visit: FactID(),
                    claim: Claim(
                        total: .zero, fullSelfPay: .zero, overLimitSelfPay: .zero, advanceSelfPay: .zero,
                        eligible: .zero,
                        accountPaid: .zero, familyAccountPaid: .zero, institutionBorne: .zero), entry: .ordinary,
                    original: "gone", isKnownPerson: true, standing: .enrolled(.active), place: .level(.primary)),
                by: nil)
        }
        let message = String(decoding: exit?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("a year with refunds is folded looking back"))
    }
}
