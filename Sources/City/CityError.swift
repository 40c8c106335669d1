/// Why a city was not written. Nothing half-written is left behind.
package enum CityError: Error, Hashable, CustomStringConvertible {
    case tooManyPeople(Int)
    case monthsOutOfRange(String)
    case settlementsOutOfRange(Int)
    case directoryNotEmpty(String)
    /// A call of the operating system failed; `reason` is its own text.
    case system(action: String, path: String, reason: String)

    package var description: String {
        switch self {
        case .tooManyPeople(let people):
            "people: \(people) is not a size of a city; give a number from 0 to \(City.largestNumber)"
        case .monthsOutOfRange(let months):
            "months: \(months) is outside 2001-01 to 2099-12 or longer than \(City.mostMonths) months; give months in between"
        case .settlementsOutOfRange(let number):
            "settlements per person: \(number) a year is not possible; give a number from 0 to "
                + "\(City.mostSettlementsPerPerson)"
        case .directoryNotEmpty(let path):
            "\(path): the directory is not empty; name another one, or remove its files first"
        case .system(let action, let path, let reason):
            "\(path): cannot \(action): \(reason); see that the directory can be written and the disk has room"
        }
    }
}
