package import Money

/// A designated institution (定点医药机构) of the city, with its dated levels.
package struct Institution: Hashable, Sendable {
    package let code: InstitutionCode
    package let name: String
    package let isPharmacy: Bool
    package let district: Int
    /// The versions of its rows with the months of delivery, in the order of delivery.
    package internal(set) var records: [Delivered<InstitutionRecord>]

    /// The row in force on `date`, in the final form; `nil` before the first and after the end of the last.
    func record(on date: CivilDate) -> InstitutionRecord? {
        records.last { !$0.isSuperseded && $0.record.begins <= date && $0.record.ends.map { $0 >= date } ?? true }?
            .record
    }
}

/// What changes with time in a row of `institution.csv`.
package struct InstitutionRecord: Hashable, Sendable {
    /// `hosp_lv`; pharmacies and some clinics have none.
    package var levelCode: Int?
    package var begins: CivilDate
    package var ends: CivilDate?

    package var level: InstitutionLevel {
        switch levelCode {
        case .some(1...4): .tertiary
        case .some(5...7): .secondary
        case .some, .none: .primary
        }
    }
}

/// `fixmedins_code`: H (P for pharmacies), the city, and seven digits.
package struct InstitutionCode: Hashable, Sendable, CustomStringConvertible {
    /// The place in the city's list, or more than any: an institution that nobody knows.
    package let index: Int
    package let isPharmacy: Bool

    static let unknown = InstitutionCode(index: 999_999, isPharmacy: false)

    package var description: String {
        var buffer = RowBuffer(capacity: 16)
        buffer.append(self)
        return buffer.text
    }
}
