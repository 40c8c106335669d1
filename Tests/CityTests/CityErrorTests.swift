import Foundation
import Money
import Testing

@testable import City

@Suite struct `A city that cannot be written leaves nothing behind` {
    private let directory = WrittenCity.temporaryName()

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }

    @Test func `a directory with files is refused and kept as it is`() throws {
        let city = try City(.city(people: 3))
        _ = try city.write(to: directory)
        let before = try names()
        let error = #expect(throws: CityError.self) { try city.write(to: directory) }
        #expect(
            error?.description
                == "\(directory): the directory is not empty; name another one, or remove its files first")
        #expect(try names() == before)
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func `an empty directory is filled, and what an interrupted run left in it goes`() throws {
        try FileManager.default.createDirectory(
            atPath: directory + "/.writing/2023-01", withIntermediateDirectories: true)
        try Data("half a row".utf8).write(to: URL(fileURLWithPath: directory + "/.writing/2023-01/person.csv"))
        _ = try City(.city(people: 3)).write(to: directory)
        #expect(try names() == CityFile.allCases.map(\.name).sorted())
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test(arguments: [true, false])
    func `after a failure the files are gone, and the directory too if it was made`(isThere: Bool) throws {
        if isThere { try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false) }
        let failure = CityError.system(action: "write the file", path: "person.csv", reason: "No space left on device")
        let error = #expect(throws: CityError.self) {
            try IntakeDirectory.writing(to: directory) { place throws(CityError) in
                try place.makeDirectory("2023-01")
                var file = OutputFile(.person, path: place.path("2023-01/person.csv"), bufferSize: 16)
                try file.add { $0.append("a row that is longer than the buffer") }
                throw failure
            }
        }
        #expect(error == failure)
        #expect(FileManager.default.fileExists(atPath: directory) == isThere)
        if isThere {
            #expect(try names().isEmpty)
            try FileManager.default.removeItem(atPath: directory)
        }
    }

    @Test func `a full disk is an error, not a shorter file`() throws {
        var file = OutputFile(.person, path: "/dev/full", bufferSize: 16)
        let error = #expect(throws: CityError.self) { try file.add { $0.append("a row longer than the buffer") } }
        #expect(
            error?.description
                == "/dev/full: cannot write the file: No space left on device; see that the directory can be written "
                + "and the disk has room")
    }

    @Test func `a directory that cannot be made is named`() throws {
        let city = try City(.city(people: 3))
        let error = #expect(throws: CityError.self) { try city.write(to: directory + "/missing/deep") }
        #expect(
            error?.description
                == "\(directory)/missing/deep: cannot make the directory: No such file or directory; see that the "
                + "directory can be written and the disk has room")
    }

    @Test(arguments: [-1, 1_000_000_000])
    func `a city has a size`(people: Int) throws {
        let error = #expect(throws: CityError.self) { try City(.city(people: people)) }
        #expect(
            error?.description == "people: \(people) is not a size of a city; give a number from 0 to 999999999")
    }

    @Test(arguments: [("2000-12", "2023-01"), ("2099-01", "2100-01"), ("2023-01", "2053-01")])
    func `a city lies in our century and has an end`(from: String, to: String) throws {
        let error = #expect(throws: CityError.self) { try City(.city(from: from, to: to)) }
        #expect(
            error?.description
                == "months: \(from) to \(to) is outside 2001-01 to 2099-12 or longer than 360 months; give months in "
                + "between")
    }

    @Test(arguments: [-1, 101])
    func `nobody goes to a counter more often than is possible`(settlements: Int) throws {
        let error = #expect(throws: CityError.self) { try City(.city(settlements: settlements)) }
        #expect(
            error?.description
                == "settlements per person: \(settlements) a year is not possible; give a number from 0 to 100")
    }
}
