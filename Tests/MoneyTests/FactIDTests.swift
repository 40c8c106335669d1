import Money
import Testing

@Suite struct `Identifiers of facts` {
    @Test func `an identifier gives back the text it was made of`() throws {
        for text in ["", "a", "12345678", "123456789", "缴费-1", String(repeating: "x", count: 64)] {
            let id = try #require(FactID(text.utf8))
            #expect(id.description == text)
            #expect(id.count == text.utf8.count)
        }
    }

    @Test func `65 bytes are no identifier`() {
        #expect(FactID(String(repeating: "x", count: 65).utf8) == nil)
    }

    @Test(arguments: UInt64(1)...20)
    func `identifiers are ordered as their bytes are`(seed: UInt64) throws {
        var state = seed
        let texts = (0..<200).map { _ in
            (0..<Int(next(&state) % 12)).map { _ in UInt8(1 + next(&state) % 4 * 63) }
        }
        for (left, right) in zip(texts, texts.shuffled()) {
            let (leftID, rightID) = (try #require(FactID(left)), try #require(FactID(right)))
            #expect((leftID < rightID) == left.lexicographicallyPrecedes(right), "seed \(seed): \(left) and \(right)")
            #expect((leftID == rightID) == (left == right), "seed \(seed): \(left) and \(right)")
        }
    }

    /// SplitMix64.
    private func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
