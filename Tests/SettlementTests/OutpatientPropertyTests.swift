import Money
import Oracle
import Policy
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    /// 二（一） over random years, each seed under every reading of the notice.
    @Suite struct `二（一） 随机年度的性质` {
        private static let seeds = UInt64(1)...50

        @Test(arguments: seeds)
        func `每笔和各项累计都与朴素算法一致，一分不差`(seed: UInt64) throws {
            for reading in Reading.allCases {
                let pooling = try reading.pooling()
                var years = NaiveYears(seed: seed)
                for isOrderly in [true, false] {
                    let person = try years.person(isOrderly: isOrderly)
                    let rows = try years.rows(isOrderly: isOrderly, withRefunds: true)
                    let folded = try pooling.fold(person, rows)
                    let answers = pooling.oracle.answers(person, rows)
                    try #require(folded.answers.count == answers.count)
                    for (ours, theirs) in zip(folded.answers, answers) {
                        #expect(ours == theirs, "seed \(seed), \(reading)")
                    }
                    #expect(folded.oracleYears == pooling.oracle.years(person, rows), "seed \(seed), \(reading)")
                }
            }
        }

        @Test func `样本里各种结论、退费和受影响的结算都有`() throws {
            var verdicts: [String: Int] = [:]
            var (kept, reached, partial) = (0, 0, 0)
            let pooling = try Reading.shipped.pooling()
            for seed in 1...50 as ClosedRange<UInt64> {
                var years = NaiveYears(seed: seed)
                for isOrderly in [true, false] {
                    let person = try years.person(isOrderly: isOrderly)
                    let folded = try pooling.fold(person, years.rows(isOrderly: isOrderly, withRefunds: true))
                    for answer in folded.answers {
                        verdicts[answer.verdict, default: 0] += 1
                        kept += answer.kept.count
                        if answer.pool < answer.payable, answer.pool > 0 { reached += 1 }
                    }
                    partial += folded.outcomes.count { row, _, outcome in
                        outcome.verdict == .settled && !row.original.isEmpty
                            && !folded.outcomes.contains { $0.row.id == row.original && $0.row.total == -row.total }
                    }
                }
            }
            for name in ["settled", "outside"] + Refusal.allCases.map(\.rawValue) {
                #expect(verdicts[name, default: 0] > 0, "no settlement is \(name)")
            }
            #expect(kept > 0)
            #expect(reached > 0)
            #expect(partial > 0)
        }

        @Test(arguments: seeds)
        func `统筹支付不小于零、不超过限额，时时如此`(seed: UInt64) throws {
            for reading in Reading.allCases {
                let pooling = try reading.pooling()
                var years = NaiveYears(seed: seed)
                let person = try years.person(isOrderly: seed.isMultiple(of: 2))
                let rows = try years.rows(isOrderly: seed.isMultiple(of: 2), withRefunds: true)
                var running: [Int: (year: PersonYear, ceiling: Fen)] = [:]
                for (row, year) in pooling.inOrder(rows) {
                    var state = running[year] ?? (PersonYear(), .zero)
                    let item = try pooling.item(row, of: person)
                    let outcome = try state.year.settle(item, by: pooling.engine.table(on: row.day))
                    if outcome.verdict == .settled, row.original.isEmpty, let category = outcome.category {
                        // The highest ceiling of the categories the person had in the year.
                        state.ceiling = max(state.ceiling, category == .veteran ? Fen(7000_00) : Fen(6000_00))
                    }
                    running[year] = state
                    let sums = state.year.sums
                    let comment: Comment = "seed \(seed), \(reading), after \(row.id)"
                    #expect(sums.poolPayment >= .zero, comment)
                    #expect(sums.counted >= .zero && sums.counted <= state.ceiling, comment)
                    #expect(sums.deductible >= .zero && sums.deductibleCounted >= .zero, comment)
                    if !reading.restarts { #expect(sums.poolPayment <= state.ceiling, comment) }
                    if reading.runsOverTheYear { #expect(sums.deductibleCounted <= Fen(750_00), comment) }
                }
            }
        }

        @Test(arguments: seeds)
        func `各方支付之和等于总费用`(seed: UInt64) throws {
            for reading in Reading.allCases {
                var years = NaiveYears(seed: seed)
                let person = try years.person(isOrderly: true)
                let rows = try years.rows(isOrderly: true, withRefunds: true)
                for (row, _, outcome) in try reading.pooling().fold(person, rows).outcomes {
                    if case .refused = outcome.verdict { continue }
                    let decision = outcome.decision
                    let person = try decision.accountPayment + decision.familyAccountPayment + decision.cashPayment
                    let parts = try decision.poolPayment + Fen(row.institutionBorne) + person
                    #expect(parts == Fen(row.total), "seed \(seed), \(reading), \(row.id)")
                }
            }
        }

        /// Not so where a change of category restarts the sums (one more settlement can cause a restart), nor where the
        /// ceiling counts in-scope amounts (one more at a low rate uses it up for those at a high one), nor with refunds.
        @Test(arguments: seeds)
        func `多一笔结算，全年统筹支付不会减少`(seed: UInt64) throws {
            for reading in Reading.allCases where !reading.restarts && !reading.countsEligible {
                let pooling = try reading.pooling()
                var years = NaiveYears(seed: seed)
                let person = try years.person(isOrderly: true)
                let rows = try years.rows(isOrderly: true, withRefunds: false)
                let before = try pooling.fold(person, rows).years[2023]?.sums.poolPayment ?? .zero
                for number in 0..<5 {
                    let more = rows + [try years.settlement(id: "more \(number)", isOrderly: true)]
                    let after = try #require(pooling.fold(person, more).years[2023]).sums.poolPayment
                    #expect(after >= before, "seed \(seed), \(reading)")
                }
            }
        }

        /// The deductible and what counts in scope add up over the two parts; their two shares are each rounded by at most
        /// half a fen (or less than one, where fractions are dropped), as the share of the whole is, so the whole fen they
        /// come to differ by at most one. What later settlements get can only make up for that difference, because a fen
        /// less is left below the ceiling for each fen more that was paid.
        @Test(arguments: seeds)
        func `一笔拆成两笔，统筹支付至多差一分`(seed: UInt64) throws {
            for reading in Reading.allCases {
                let pooling = try reading.pooling()
                var years = NaiveYears(seed: seed)
                let person = try years.person(isOrderly: true)
                let rows = try years.rows(isOrderly: true, withRefunds: false)
                let whole = try #require(pooling.fold(person, rows).years[2023]).sums
                for index in rows.indices {
                    var (first, second) = (rows[index], rows[index])
                    let part = rows[index].eligible / Int64(years.pick([2, 3, 7, 1000]))
                    (first.total, first.eligible) = (rows[index].total - part, rows[index].eligible - part)
                    (first.account, first.family, first.institutionBorne) = (0, 0, 0)
                    second = try bill(first.id + "+", part, at: first.institution, on: first.day.description)
                    (second.secondOfDay, second.visit) = (first.secondOfDay, first.visit)
                    (second.medicalType, second.prescriber) = (first.medicalType, first.prescriber)
                    let split = rows[..<index] + [first, second] + rows[(index + 1)...]
                    let sums = try #require(pooling.fold(person, Array(split)).years[2023]).sums
                    let moved = try sums.poolPayment - whole.poolPayment
                    #expect(moved >= Fen(-1) && moved <= Fen(1), "seed \(seed), \(reading), \(first.id)")
                    #expect(sums.deductible == whole.deductible)
                    #expect(sums.eligible == whole.eligible)
                }
            }
        }

        /// Where the sums restart, the settlement that is refunded may have caused it.
        @Test(arguments: seeds)
        func `任何一笔随即退费，全年如同没有这一笔`(seed: UInt64) throws {
            for reading in Reading.allCases where !reading.restarts {
                let pooling = try reading.pooling()
                var years = NaiveYears(seed: seed)
                let person = try years.person(isOrderly: true)
                let rows = try years.rows(isOrderly: true, withRefunds: true)
                let extra = try years.settlement(id: "x", isOrderly: true)
                let mirror = try extra.mirror("x-", on: extra.day.description)
                let never = try pooling.fold(person, rows)
                let folded = try pooling.fold(person, rows + [extra, mirror])
                #expect(folded.years[2023]?.sums == never.years[2023]?.sums ?? YearSums(), "seed \(seed), \(reading)")
                let others = folded.answers.filter { $0.id != "x" && $0.id != "x-" }
                #expect(others == never.answers, "seed \(seed), \(reading)")
            }
        }

        /// Where the deductible runs by visit or by day, the sums do not say how much of it a visit has used: there a
        /// year goes on from its sums between two days only, and visits must not reach over the cut.
        @Test(arguments: seeds)
        func `从累计接着算，与一次算完相同`(seed: UInt64) throws {
            for reading in Reading.allCases where reading.runsOverTheYear || reading == .perDay {
                let pooling = try reading.pooling()
                var years = NaiveYears(seed: seed)
                let person = try years.person(isOrderly: seed.isMultiple(of: 2))
                let rows = try years.rows(isOrderly: true, withRefunds: false)
                let items = try pooling.inOrder(rows).map { try pooling.item($0.row, of: person) }
                var atOnce = PersonYear()
                let outcomes = try items.map { try atOnce.settle($0, by: pooling.engine.table(on: $0.time.date)) }
                for cut in 0...items.count {
                    let isWithinDay =
                        cut > 0 && cut < items.count && items[cut - 1].time.date == items[cut].time.date
                    if !reading.runsOverTheYear, isWithinDay { continue }
                    var head = PersonYear()
                    for item in items[..<cut] {
                        _ = try head.settle(item, by: pooling.engine.table(on: item.time.date))
                    }
                    var tail = PersonYear(after: head.sums, lastCategory: head.lastCategory)
                    let rest = try items[cut...].map { try tail.settle($0, by: pooling.engine.table(on: $0.time.date)) }
                    #expect(rest == Array(outcomes[cut...]), "seed \(seed), \(reading), cut at \(cut)")
                    #expect(tail.sums == atOnce.sums)
                    #expect(tail.lastCategory == atOnce.lastCategory)
                }
            }
        }
    }
}
