import Money
import Testing

@testable import Books

@Suite struct `Due less posted (应记 − 已记)` {
    @Test func `what is not posted yet is posted whole, as revision 0`() throws {
        #expect(
            try differences(due: [due(101, "c1", 89_88, cite: 3)], posted: [])
                == [movement(101, "c1", 89_88, revision: 0, cite: 3)])
    }

    @Test func `what is posted as it is due is left alone, whatever article is cited today`() throws {
        let posted = [posted(101, "c1", 89_88, revision: 2, cite: 1)]
        #expect(try differences(due: [due(101, "c1", 89_88, cite: 9)], posted: posted) == [])
    }

    @Test(arguments: [(Int64(97_58), Int64(7_70)), (80_00, -9_88), (-89_88, -179_76), (0, -89_88)])
    func `what changed is posted by its difference, as the next revision and under today's article`(
        amount: Int64, difference: Int64
    ) throws {
        let posted = [posted(101, "c1", 89_88, revision: 2, cite: 1)]
        #expect(
            try differences(due: [due(101, "c1", amount, cite: 9)], posted: posted)
                == [movement(101, "c1", difference, revision: 3, cite: 9)])
    }

    @Test func `what is no longer due is taken back under the article it was posted by`() throws {
        let posted = [posted(101, "c1", 89_88, revision: 0, cite: 7), posted(101, "c2", -5_00, revision: 4, cite: 8)]
        #expect(
            try differences(due: [], posted: posted) == [
                movement(101, "c1", -89_88, revision: 1, cite: 7), movement(101, "c2", 5_00, revision: 5, cite: 8),
            ])
    }

    @Test func `what was taken back already stays as it is, and comes again as the next revision`() throws {
        let gone = [posted(101, "c1", 0, revision: 1, cite: 7)]
        #expect(try differences(due: [], posted: gone) == [])
        #expect(try differences(due: [due(101, "c1", 0, cite: 9)], posted: gone) == [])
        #expect(
            try differences(due: [due(101, "c1", 89_88, cite: 9)], posted: gone)
                == [movement(101, "c1", 89_88, revision: 2, cite: 9)])
    }

    @Test func `zero is due without an entry`() throws {
        #expect(try differences(due: [due(101, "c1", 0, cite: 1)], posted: []) == [])
        #expect(try differences(due: [], posted: []) == [])
    }

    @Test func `both lists are walked in the order of kind, then source as bytes`() throws {
        let due = [due(101, "", 1, cite: 1), due(101, "c10", 2, cite: 1), due(113, "a", 3, cite: 1)]
        let posted = [
            posted(101, "b", 4, revision: 0, cite: 2), posted(101, "c10", 1, revision: 0, cite: 2),
            posted(101, "c9", 5, revision: 0, cite: 2), posted(201, "a", 6, revision: 0, cite: 2),
        ]
        #expect(
            try differences(due: due, posted: posted) == [
                movement(101, "", 1, revision: 0, cite: 1), movement(101, "b", -4, revision: 1, cite: 2),
                movement(101, "c10", 1, revision: 1, cite: 1), movement(101, "c9", -5, revision: 1, cite: 2),
                movement(113, "a", 3, revision: 0, cite: 1), movement(201, "a", -6, revision: 1, cite: 2),
            ])
    }

    @Test func `only the slice that is handed over counts, and what stands in the list stays`() throws {
        let posted = [
            posted(101, "a", 1, revision: 0, cite: 1), posted(101, "b", 2, revision: 0, cite: 1),
            posted(101, "c", 3, revision: 0, cite: 1),
        ]
        let earlier = movement(101, "z", 9, revision: 0, cite: 5)
        var movements = [earlier]
        try appendDifferences(due: [due(101, "b", 5, cite: 2)], posted: posted[1..<2], to: &movements)
        #expect(movements == [earlier, movement(101, "b", 3, revision: 1, cite: 2)])
    }

    @Test func `the second application posts nothing`() throws {
        let due = [due(101, "a", 1, cite: 1), due(101, "b", 0, cite: 1), due(101, "c", -3, cite: 1)]
        let before = [posted(101, "b", 7, revision: 0, cite: 2), posted(101, "d", 8, revision: 3, cite: 2)]
        let movements = try differences(due: due, posted: before)
        #expect(movements.count == 4)
        #expect(try differences(due: due, posted: applying(movements, to: before)) == [])
    }

    @Test(arguments: [
        (due: [due(101, "a", .max, cite: 1)], amount: Int64(-1), "9223372036854775807 - -1"),
        ([], .min, "0 - -9223372036854775808"),
    ])
    func `a difference that does not fit is an error that shows the amounts`(
        due: [Due], amount: Int64, operation: String
    ) {
        let error = #expect(throws: MoneyOverflow.self) {
            try differences(due: due, posted: [posted(101, "a", amount, revision: 0, cite: 1)])
        }
        #expect(error?.operation == operation)
    }
}
