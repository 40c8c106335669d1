internal import Money

/// All rule files at hand, read: the built-in packs, those of a directory, the site files.
struct RuleLibrary {
    private(set) var packs: [(pack: Pack, source: RuleSource)] = []
    private(set) var sites: [(site: Site, source: RuleSource)] = []
    private(set) var faults: [PackFault] = []

    init(rulesDirectory: String?, siteFile: String?, builtIn: [RuleFile] = RuleFile.builtIn) {
        for file in builtIn { read(file) }
        let builtInCount = packs.count
        do throws(PackFault) {
            if let rulesDirectory {
                for file in try RuleFile.files(inDirectory: rulesDirectory) { read(file) }
            }
            replaceBuiltIn(builtInCount)
            if let siteFile { readSite(try RuleFile(path: siteFile)) }
        } catch {
            faults.append(error)
        }
    }

    func pack(named name: String) -> (pack: Pack, source: RuleSource)? {
        packs.first { $0.pack.name == name }
    }

    /// What is wrong with each file and, once every file can be read, with the packs as a whole: a figure that could
    /// not be read would only be reported again as missing.
    var allFaults: [PackFault] {
        guard faults.isEmpty else { return faults }
        let unknown = sites.filter { pack(named: $0.site.completes) == nil }.map { site, _ in
            PackFault(site.completesPlace, .completesUnknown(site.completes, known: packs.map(\.pack.name)))
        }
        return packs.flatMap { pack, _ in
            let (completed, _, faults) = completed(pack)
            return faults + RuleChecks(completed).faults
        } + unknown
    }

    /// The pack with the figures of all its site files, and the sources of those.
    func completed(_ pack: Pack) -> (pack: Pack, sources: [RuleSource], faults: [PackFault]) {
        var completed = pack
        var faults: [PackFault] = []
        let own = sites.filter { $0.site.completes == pack.name }
        for (site, _) in own { completed.complete(with: site, published: pack, faults: &faults) }
        return (completed, own.map(\.source), faults)
    }

    /// A pack of the directory takes the place of the built-in pack of its name.
    private mutating func replaceBuiltIn(_ builtInCount: Int) {
        let own = packs[builtInCount...]
        for (index, entry) in own.enumerated() {
            guard let other = own.prefix(index).first(where: { $0.pack.name == entry.pack.name }) else { continue }
            faults.append(PackFault(entry.pack.file, 0, .samePackTwice(entry.pack.name, other: other.pack.file)))
        }
        packs = packs[..<builtInCount].filter { builtIn in !own.contains { $0.pack.name == builtIn.pack.name } } + own
    }

    private mutating func readSite(_ file: RuleFile) {
        // The site file may lie in the directory of packs, and has been read then.
        guard !sites.contains(where: { Array($0.source.text.utf8) == file.bytes }) else { return }
        read(file)
    }

    private mutating func read(_ file: RuleFile) {
        let text: String
        do throws(PackFault) {
            text = try file.text()
        } catch {
            faults.append(error)
            return
        }
        guard let tree = YamlTree(text, file: file.name, faults: &faults) else { return }
        guard case .mapping(let pairs, _) = tree else {
            faults.append(PackFault(file.name, tree.line, .notRules))
            return
        }
        var reader = RuleFileReader(file: file.name)
        if pairs.contains(where: { $0.key.text == "pack" }) {
            if let pack = reader.pack(tree) {
                packs.append((pack, RuleSource(kind: .pack, name: pack.name, text: text)))
            }
        } else if pairs.contains(where: { $0.key.text == "site" }) {
            if let site = reader.site(tree) {
                sites.append((site, RuleSource(kind: .site, name: site.name, text: text)))
            }
        } else {
            reader.report(tree.line, .notRules)
        }
        faults += reader.faults
    }
}
