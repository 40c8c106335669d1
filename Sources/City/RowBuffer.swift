import Money

/// Bytes of CSV rows on their way to a file. Digits are written in place: no strings are made on the way.
struct RowBuffer {
    private var bytes: [UInt8]
    private(set) var count = 0

    /// `capacity` is what fits before the buffer grows.
    init(capacity: Int) {
        bytes = Array(repeating: 0, count: capacity)
    }

    var isEmpty: Bool { count == 0 }

    /// What was written, as text; for descriptions and tests.
    var text: String { String(decoding: bytes[..<count], as: UTF8.self) }

    mutating func removeAll() {
        count = 0
    }

    /// Lends the bytes written.
    func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    private mutating func makeRoom(for added: Int) {
        guard count + added > bytes.count else { return }
        bytes.append(contentsOf: repeatElement(0, count: max(bytes.count, added)))
    }

    mutating func append(_ text: String) {
        let utf8 = text.utf8
        makeRoom(for: utf8.count)
        for byte in utf8 {
            bytes[count] = byte
            count += 1
        }
    }

    private mutating func append(byte: UInt8) {
        makeRoom(for: 1)
        bytes[count] = byte
        count += 1
    }

    mutating func comma() {
        append(byte: 0x2C)
    }

    mutating func endRow() {
        append(byte: 0x0A)
    }

    /// The last `digits` digits of a number that is not negative, with leading zeros.
    mutating func append(_ number: Int, digits: Int) {
        makeRoom(for: digits)
        var rest = UInt64(number)
        var position = count + digits
        count = position
        while position > count - digits {
            position -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            bytes[position] = 0x30 + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        }
    }

    /// A number that is not negative, without leading zeros.
    mutating func append(_ number: Int) {
        var digits = 1
        var rest = number / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        append(number, digits: digits)
    }

    /// Yuan with two decimals.
    mutating func append(_ amount: Fen) {
        let magnitude = Int(amount.rawValue.magnitude)
        if amount.rawValue < 0 { append(byte: 0x2D) }
        append(magnitude / 100)
        append(byte: 0x2E)
        append(magnitude % 100, digits: 2)
    }

    /// `YYYY-MM`.
    mutating func append(_ month: Month) {
        append(month.year, digits: 4)
        append(byte: 0x2D)
        append(month.month, digits: 2)
    }

    /// `YYYY-MM-DD`.
    mutating func append(_ date: CivilDate) {
        let month = date.month
        append(month)
        append(byte: 0x2D)
        append(Int(date.dayNumber - month.firstDay.dayNumber) + 1, digits: 2)
    }

    mutating func append(_ person: PersonNumber) {
        append("32070099")
        append(person.number, digits: 12)
        append(person.checkDigits, digits: 2)
    }

    mutating func append(_ event: EventNumber) {
        append("320700")
        append(event.kind.rawValue, digits: 2)
        append(event.person, digits: 12)
        append(event.sequence, digits: 5)
    }

    mutating func append(_ institution: InstitutionCode) {
        append(institution.isPharmacy ? "P3207" : "H3207")
        append(institution.index, digits: 7)
    }

    /// `YYYY-MM-DD HH:MM:SS`.
    mutating func append(_ time: CivilTime) {
        append(time.date)
        let second = time.secondOfDay
        append(byte: 0x20)
        append(second / 3600, digits: 2)
        append(byte: 0x3A)
        append(second / 60 % 60, digits: 2)
        append(byte: 0x3A)
        append(second % 60, digits: 2)
    }
}
