/// Repeatable random numbers of one person and one purpose: SplitMix64, the same on every machine.
///
/// Each purpose has a stream of its own, so that drawing more settlements moves nobody's contributions.
struct Dice {
    enum Stream: UInt64 {
        case life = 1
        case contributions = 2
        case settlements = 3
        case accountUse = 4
        case institutions = 5
        case statements = 6
        case family = 7
        case unit = 8
    }

    private var state: UInt64

    init(seed: UInt64, person: Int, stream: Stream) {
        var start = Dice(state: seed)
        let ofSeed = start.next()
        var mixed = Dice(state: ofSeed ^ (UInt64(bitPattern: Int64(person)) &* 16 &+ stream.rawValue))
        state = mixed.next()
    }

    private init(state: UInt64) {
        self.state = state
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 to `bound` − 1; the bound must be positive.
    mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "a die has at least one face")
        return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True in `share` of ten thousand cases.
    mutating func happens(_ share: Int) -> Bool {
        below(10_000) < share
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
}
