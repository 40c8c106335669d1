import Foundation
import Money
import Testing

@testable import Policy

/// A directory of rule files for one test, removed with it.
private final class RuleDirectory {
    let path: String

    init(_ files: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "rules-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: file(name))) }
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            Issue.record(error)
        }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}

@Suite struct `Rule files and the digest of what they say` {
    @Test func `a site file on disk completes the built-in pack`() throws {
        let directory = try RuleDirectory(["demo.yaml": demoSite])
        let rules = try RuleSet.load(siteFile: directory.file("demo.yaml"))
        #expect(rules.sources.map(\.kind) == [.pack, .site])
        #expect(rules.sources.map(\.name) == ["lianyungang-employee", "demo-city"])
        #expect(rules.sources.map(\.text) == [shippedText, demoSite])
    }

    @Test func `a pack of the directory replaces the built-in one, other files are left alone`() throws {
        let own = shippedText.spoiled("value: 75000", "value: 70000")
        let directory = try RuleDirectory(["own.yaml": own, "readme.txt": "notes"])
        let rules = try RuleSet.load(rulesDirectory: directory.path)
        let day = try #require(CivilDate("2023-01-01"))
        #expect(try rules.outpatientTerms(of: .active, on: day).deductible == Fen(700_00))
        #expect(rules.pack.parameters.first?.place.file == directory.file("own.yaml"))
    }

    @Test func `a pack of another name is added`() throws {
        let other = shippedText.spoiled("pack: lianyungang-employee", "pack: other-city")
        let directory = try RuleDirectory(["other.yaml": other])
        #expect(try RuleSet.load(pack: "other-city", rulesDirectory: directory.path).name == "other-city")
        #expect(try RuleSet.load(rulesDirectory: "\(directory.path)/").sources.map(\.text) == [shippedText])
    }

    @Test func `a site file in the directory counts once though it is named too`() throws {
        let directory = try RuleDirectory(["demo.yaml": demoSite])
        let named = try RuleSet.load(rulesDirectory: directory.path, siteFile: directory.file("demo.yaml"))
        #expect(try named.digest == RuleSet.load(rulesDirectory: directory.path).digest)
        #expect(named.sources.count == 2)
    }

    @Test func `a broken file in the directory refuses the whole set`() throws {
        let directory = try RuleDirectory(["other.yaml": "pack: other"])
        #expect(throws: PolicyError.self) { try RuleSet.load(rulesDirectory: directory.path) }
        #expect(RuleSet.check(rulesDirectory: directory.path).count == 5)
        #expect(RuleSet.check() == [])
    }

    @Test func `one pack in two files is refused`() throws {
        let directory = try RuleDirectory(["a.yaml": shippedText, "b.yaml": shippedText])
        #expect(
            RuleSet.check(rulesDirectory: directory.path).map(\.description) == [
                "\(directory.file("b.yaml")): pack lianyungang-employee stands in \(directory.file("a.yaml")) too; "
                    + "keep one of the files"
            ])
    }

    @Test func `a file or directory that is not there is named`() {
        let remedy = "name a file or directory that exists and may be read"
        #expect(
            RuleSet.check(siteFile: "/nowhere/site.yaml").map(\.description) == [
                "/nowhere/site.yaml: no such file or directory; \(remedy)"
            ])
        #expect(
            RuleSet.check(rulesDirectory: "/nowhere").map(\.description) == [
                "/nowhere: no such file or directory; \(remedy)"
            ])
        #expect(RuleSet.check(siteFile: "/").map(\.description) == ["/: cannot be read; \(remedy)"])
    }

    @Test func `the digest of a text is its SHA-256`() {
        let source = RuleSource(kind: .pack, name: "x", text: "abc")
        #expect(source.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `one byte more, in the pack or in the site file, is another digest`() throws {
        let plain = try rules()
        #expect(try plain.digest == rules().digest)
        #expect(plain.digest.utf8.count == 64)
        let digests = try [
            plain.digest, rules("\(shippedText)\n").digest, rules(site: demoSite).digest,
            rules(site: "\(demoSite)\n").digest,
        ]
        #expect(Set(digests).count == digests.count)
    }
}
