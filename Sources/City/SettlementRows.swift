import Money

/// Facts about settlements as rows of their files, in the order of ``CityFile/header``.
extension RowBuffer {
    mutating func append(_ record: SettlementRecord, of person: PersonNumber) {
        append(EventNumber(.settlement, person: person.number, sequence: record.sequence))
        comma()
        append(EventNumber(.visit, person: person.number, sequence: record.visit))
        comma()
        append(person)
        append(",310,")
        append(record.medicalType.rawValue)
        comma()
        append(record.institution)
        comma()
        append(record.time)
        comma()
        if let disease = record.disease { append(disease) }
        comma()
        append(record.fees.total)
        comma()
        append(record.fees.fullSelfPay)
        comma()
        append(record.fees.overLimit)
        comma()
        append(record.fees.advance)
        comma()
        append(record.fees.eligible)
        comma()
        appendPayment(record)
        append(record.isRefund ? ",1," : ",0,")
        if let original = record.original {
            append(EventNumber(.settlement, person: person.number, sequence: original))
        }
        comma()
        if let prescriber = record.prescriber {
            append(EventNumber(.prescription, person: person.number, sequence: record.visit))
            comma()
            append(prescriber)
        } else {
            comma()
        }
        endRow()
    }

    private mutating func appendPayment(_ record: SettlementRecord) {
        let payment = record.payment
        append(record.isReported ? payment.deductible : nil)
        comma()
        append(record.isReported ? payment.pool : nil)
        comma()
        append(payment.account)
        comma()
        append(payment.family)
        comma()
        if let owner = record.familyOwner { append(PersonNumber(number: owner)) }
        comma()
        append(record.isReported ? payment.cash : nil)
        comma()
        append(record.isReported ? payment.hospital : nil)
    }

    mutating func append(_ record: StatementLineRecord, of person: PersonNumber) {
        append(record.institution)
        comma()
        append(EventNumber(.settlement, person: person.number, sequence: record.sequence))
        comma()
        append(EventNumber(.visit, person: person.number, sequence: record.visit))
        comma()
        append(person)
        comma()
        append(record.total)
        comma()
        append(record.fund)
        comma()
        append(record.account)
        append(record.isRefund ? ",1" : ",0")
        endRow()
    }

    mutating func append(_ record: AccountUseRecord, of person: PersonNumber) {
        append(EventNumber(.accountUse, person: person.number, sequence: record.sequence))
        comma()
        append(PersonNumber(number: record.owner))
        comma()
        append(record.kind.rawValue)
        comma()
        append(record.use)
        comma()
        if let beneficiary = record.beneficiary { append(PersonNumber(number: beneficiary)) }
        comma()
        append(record.amount)
        comma()
        append(record.date)
        comma()
        if let original = record.original {
            append(EventNumber(.accountUse, person: person.number, sequence: original))
        }
        endRow()
    }

    mutating func append(_ record: FamilyLinkRecord, of person: PersonNumber) {
        append(PersonNumber(number: record.owner))
        comma()
        append(person)
        comma()
        append(record.relation.rawValue)
        comma()
        append(record.begins)
        comma()
        append(record.ends)
        append(",1")
        endRow()
    }

    mutating func append(_ record: InstitutionRecord, of institution: Institution) {
        append(institution.code)
        comma()
        append(institution.name)
        append(institution.isPharmacy ? ",2," : ",1,")
        if let level = record.levelCode { append(level, digits: 2) }
        comma()
        append(institution.district)
        comma()
        append(record.begins)
        comma()
        append(record.ends)
        append(",1")
        endRow()
    }

    /// The totals that an institution states for a month; refunds are in them, and count as −1.
    mutating func append(_ statement: Statement) {
        append(statement.institution)
        append(",310,")
        append(statement.clearingType.rawValue)
        comma()
        append(statement.month.firstDay)
        comma()
        append(statement.month.lastDay)
        comma()
        let totals = statement.totals
        append(totals.total)
        comma()
        append(totals.fund)
        comma()
        append(totals.account)
        comma()
        if totals.count < 0 { append("-") }
        append(abs(totals.count))
        append(",1")
        endRow()
    }
}
