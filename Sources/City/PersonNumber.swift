/// `psn_no`: 22 digits that look like the platform's and are nobody's. The city's 320700, 99 for synthetic, twelve
/// digits of number, and two check digits after ISO 7064 (MOD 97-10): the whole leaves 1 when divided by 97.
package struct PersonNumber: Hashable, Sendable, CustomStringConvertible {
    package let number: Int

    package init(number: Int) {
        self.number = number
    }

    package var description: String {
        var buffer = RowBuffer(capacity: 32)
        buffer.append(self)
        return buffer.text
    }

    var checkDigits: Int {
        // 32070099 followed by twelve digits and two zeros, modulo 97; 10^12 and 10^2 leave 50 and 3.
        let rest = (32_070_099 % 97 * 50 + number % 97) % 97 * 3 % 97
        return 98 - rest
    }
}

/// The number of an event of a person: the city, two digits of what it is, twelve of the person's number, five of the
/// row's place among the person's.
package struct EventNumber: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Int, Sendable {
        /// `clct_id`.
        case contribution = 10
        /// `setl_id`.
        case settlement = 20
        /// `mdtrt_id`.
        case visit = 21
        /// `rx_no`.
        case prescription = 22
        /// `acct_use_id`.
        case accountUse = 30
    }

    package let kind: Kind
    package let person: Int
    package let sequence: Int

    package init(_ kind: Kind, person: Int, sequence: Int) {
        self.kind = kind
        self.person = person
        self.sequence = sequence
    }

    package var description: String {
        var buffer = RowBuffer(capacity: 32)
        buffer.append(self)
        return buffer.text
    }
}
