package import Money

/// Tells whether one of many identifiers may have come twice, in memory that does not grow with their number.
///
/// Fingerprints are kept in two generations: when the younger is full the older is dropped. An identifier that sorts after
/// every dropped one is none of them; of any other it cannot be told, and then it counts as a possible repeat. So the
/// answer is nearly always the true one as long as no more than a generation has come, in any order, and also after it if
/// identifiers come roughly in their own order, as numbers given out one after the other do.
///
/// A repeat is never missed; a false alarm, as two identifiers of one fingerprint, is possible.
package struct RepeatWatch {
    package private(set) var mayHoldRepeats = false
    private var younger = FingerprintSet()
    private var older = FingerprintSet()
    /// The greatest identifier of each generation, and of those dropped.
    private var youngerGreatest = FactID()
    private var olderGreatest = FactID()
    private var droppedGreatest: FactID?
    private let generation: Int

    /// - Parameter generation: how many fingerprints make a generation full. Two of three million take 64 MB.
    package init(generation: Int = 3 << 20) {
        precondition(generation > 0, "a generation holds at least one fingerprint")
        self.generation = generation
    }

    package mutating func add(_ id: FactID) {
        guard !mayHoldRepeats else { return }
        if younger.count == generation { age() }
        let fingerprint = RepeatWatch.fingerprint(id)
        let isBehind = droppedGreatest.map { id <= $0 } ?? false
        guard !isBehind, !older.contains(fingerprint), younger.insert(fingerprint) else {
            mayHoldRepeats = true
            (younger, older) = (FingerprintSet(), FingerprintSet())
            return
        }
        if youngerGreatest < id { youngerGreatest = id }
    }

    private mutating func age() {
        if older.count > 0 { droppedGreatest = max(droppedGreatest ?? FactID(), olderGreatest) }
        swap(&younger, &older)
        olderGreatest = youngerGreatest
        // As large as the one before from the beginning, so that it need not grow, which takes memory twice.
        younger.empty(asLargeAs: older)
        youngerGreatest = FactID()
    }

    /// Mixes the words by folded multiplication: every bit of the identifier reaches every bit of the fingerprint.
    private static func fingerprint(_ id: FactID) -> UInt64 {
        var mixed = UInt64(id.count) ^ 0x9E37_79B9_7F4A_7C15
        for index in 0..<(id.count + 7) / 8 {
            let product = (mixed ^ id.words[index]).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            mixed = product.high ^ product.low ^ mixed << 1
        }
        let product = mixed.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}

/// A set of numbers in one flat piece of memory, eight bytes a place, three quarters of it in use at most.
private struct FingerprintSet {
    private var places: [UInt64] = []
    private(set) var count = 0
    /// The leading bits of a number say where the search for it begins.
    private var shift: UInt64 = 64

    func contains(_ number: UInt64) -> Bool {
        guard count > 0 else { return false }
        let number = max(number, 1)
        return places[place(of: number)] == number
    }

    /// False if it was there already.
    mutating func insert(_ number: UInt64) -> Bool {
        // Zero marks an empty place.
        let number = max(number, 1)
        if count * 4 >= places.count * 3 { grow() }
        let place = place(of: number)
        guard places[place] == 0 else { return false }
        places[place] = number
        count += 1
        return true
    }

    /// Keeps the memory if that is of the right size.
    mutating func empty(asLargeAs other: FingerprintSet) {
        if places.count == other.places.count {
            for index in places.indices { places[index] = 0 }
        } else {
            places = [UInt64](repeating: 0, count: other.places.count)
            shift = other.shift
        }
        count = 0
    }

    /// Where the number stands, or the empty place where it would be put. There must be an empty place.
    private func place(of number: UInt64) -> Int {
        var place = Int(number >> shift)
        while places[place] != 0, places[place] != number {
            place = place + 1 == places.count ? 0 : place + 1
        }
        return place
    }

    private mutating func grow() {
        var former: [UInt64] = []
        swap(&former, &places)
        places = [UInt64](repeating: 0, count: max(1024, former.count * 2))
        shift = UInt64(places.count.leadingZeroBitCount + 1)
        for number in former where number != 0 {
            places[place(of: number)] = number
        }
    }
}
