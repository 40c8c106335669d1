/// The person number read last and its key. Files often hold a person's rows one after the other, and a digest costs more
/// than reading any other cell.
struct PersonMemo {
    private var number: [UInt8] = []
    private var key: Int64 = 0

    /// The key, if the number is the one read last.
    func key(of text: Span<UInt8>) -> Int64? {
        guard text.count == number.count else { return nil }
        for index in text.indices where text[index] != number[index] {
            return nil
        }
        return key
    }

    mutating func remember(_ key: Int64, of text: Span<UInt8>) {
        number.removeAll(keepingCapacity: true)
        for index in text.indices { number.append(text[index]) }
        self.key = key
    }
}
