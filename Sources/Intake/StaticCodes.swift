/// A short list of codes below 64, as a set of bits: reading a cell makes no array.
struct StaticCodes: ExpressibleByArrayLiteral {
    private let bits: UInt64

    init(arrayLiteral codes: Int...) {
        bits = codes.reduce(0) { $0 | 1 << UInt64($1) }
    }

    func contains(_ code: Int) -> Bool {
        (0..<64).contains(code) && bits >> UInt64(code) & 1 == 1
    }

    var listed: [String] {
        (0..<64).filter(contains).map(String.init)
    }
}
