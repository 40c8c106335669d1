import Money

/// Streams persons into the files of one directory, or of one for each month of arrival.
struct CityWriter {
    private let layout: CityLayout
    private let months: ClosedRange<Month>
    private let place: IntakeDirectory
    private var files: [OutputFile]
    private var statements: Statements
    private var census = CityCensus()

    init(
        _ specification: CitySpecification, _ institutions: Institutions, _ layout: CityLayout,
        into place: IntakeDirectory
    ) throws(CityError) {
        self.layout = layout
        self.place = place
        months = specification.months
        files = []
        statements = Statements(institutions, specification.months)
        switch layout {
        case .single:
            for file in CityFile.allCases {
                files.append(OutputFile(file, path: place.path(file.name), bufferSize: 256 * 1024))
            }
            // All files are there, also those without rows.
            for index in files.indices
            where specification.settlementsPerPerson > 0 || !CityFile.allCases[index].isAboutSettlements {
                files[index].begin()
            }
        case .byMonth:
            for month in months {
                try place.makeDirectory("\(month)")
                for file in CityFile.allCases {
                    files.append(OutputFile(file, path: place.path("\(month)/\(file.name)"), bufferSize: 16 * 1024))
                }
            }
        }
        guard specification.settlementsPerPerson > 0 else { return }
        for institution in institutions.all {
            for version in institution.records where isWritten(version) {
                try add(.institution, version.month) { $0.append(version.record, of: institution) }
            }
        }
    }

    private func index(_ file: CityFile, _ month: Month) -> Int {
        switch layout {
        case .single: file.rawValue
        case .byMonth:
            Int(month.monthNumber - months.lowerBound.monthNumber) * CityFile.allCases.count + file.rawValue
        }
    }

    /// Adds a row to the file of the month of arrival.
    private mutating func add(
        _ file: CityFile, _ month: Month, _ row: (inout RowBuffer) -> Void
    ) throws(CityError) {
        census.countRow(of: file)
        try files[index(file, max(month, months.lowerBound))].add(row)
    }

    mutating func write(_ facts: PersonFacts) throws(CityError) {
        let number = facts.personNumber
        for version in facts.persons where isWritten(version) {
            try add(.person, version.month) { $0.append(version.record, of: number) }
        }
        for version in facts.enrolments where isWritten(version) && (layout == .byMonth || version.record.isValid) {
            try add(.enrolment, version.month) { $0.append(version.record, of: number) }
        }
        for record in facts.contributions {
            try add(.contribution, record.received.month) { $0.append(record, of: number) }
        }
        if let level = facts.fixedCredit {
            try add(.fixedCredit, level.month) { $0.append(level.record, of: number) }
        }
        if let opening = facts.opening {
            try add(.accountOpening, months.lowerBound) { $0.append(opening, of: number) }
        }
        try writeSettlements(facts)
        census.count(facts)
    }

    private mutating func writeSettlements(_ facts: PersonFacts) throws(CityError) {
        let number = facts.personNumber
        for record in facts.settlements {
            try add(.settlement, record.delivered) { $0.append(record, of: number) }
        }
        for line in facts.statementLines {
            try add(.institutionStatementLine, line.month) { $0.append(line, of: number) }
        }
        for record in facts.accountUses {
            try add(.accountUse, record.date.month) { $0.append(record, of: number) }
        }
        if let link = facts.familyLink {
            try add(.familyLink, link.month) { $0.append(link.record, of: number) }
        }
        statements.add(facts)
    }

    private func isWritten<Record>(_ version: Delivered<Record>) -> Bool {
        layout == .byMonth || !version.isSuperseded
    }

    mutating func finish() throws(CityError) -> CityCensus {
        for statement in statements.stated {
            try add(.institutionStatement, statement.month) { $0.append(statement) }
        }
        for index in files.indices {
            try files[index].flush()
        }
        return census
    }
}
