import Money

/// A fact as a row of its file, in the order of ``CityFile/header``.
extension RowBuffer {
    mutating func append(_ record: PersonRecord, of person: PersonNumber) {
        append(person)
        comma()
        append(record.name)
        comma()
        append(record.isWoman ? "2" : "1")
        comma()
        append(record.born)
        // Obviously nobody's certificate: 18 characters, but letters where a number has its place of birth.
        append(",SYN")
        append(person.number, digits: 15)
        comma()
        append(record.district)
        comma()
        append(record.died)
        append(",1")
        endRow()
    }

    mutating func append(_ record: EnrolmentRecord, of person: PersonNumber) {
        append(person)
        comma()
        append(record.insurance.rawValue)
        comma()
        append(record.status.rawValue)
        comma()
        append(record.begins)
        comma()
        append(record.ends)
        append(record.isValid ? ",1," : ",0,")
        if let unit = record.unit {
            append("3207005")
            append(unit, digits: 6)
        }
        endRow()
    }

    mutating func append(_ record: ContributionRecord, of person: PersonNumber) {
        append(EventNumber(.contribution, person: person.number, sequence: record.sequence))
        comma()
        append(person)
        append(",310,")
        append(record.kind.rawValue)
        comma()
        append(record.covers)
        comma()
        append(record.base)
        comma()
        append(record.own)
        comma()
        append(record.employer)
        comma()
        append(record.received)
        comma()
        if let original = record.original {
            append(EventNumber(.contribution, person: person.number, sequence: original))
        }
        endRow()
    }

    mutating func append(_ record: FixedCreditRecord, of person: PersonNumber) {
        append(person)
        comma()
        append(record.year)
        comma()
        append(record.yearTotal)
        comma()
        append(record.decemberAmount)
        endRow()
    }

    mutating func append(_ record: AccountOpeningRecord, of person: PersonNumber) {
        append(person)
        comma()
        append(record.date)
        comma()
        append(record.balance)
        endRow()
    }

    /// Empty if there is none.
    mutating func append(_ date: CivilDate?) {
        if let date { append(date) }
    }

    mutating func append(_ amount: Fen?) {
        if let amount { append(amount) }
    }
}
