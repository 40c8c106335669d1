/// The rules a run settles by: one pack with the figures of the office, checked, as pure values.
package struct RuleSet: Sendable {
    package let pack: Pack
    /// The pack, then the site files, as they were read.
    package let sources: [RuleSource]
    /// SHA-256 over all sources, 64 hexadecimal digits: results carry it.
    package let digest: String
    private let parameters: [RuleKey: Parameter]

    init(_ pack: Pack, sources: [RuleSource]) {
        self.pack = pack
        self.sources = sources
        digest = RuleSource.digest(of: sources)
        parameters = Dictionary(uniqueKeysWithValues: pack.parameters.map { ($0.key, $0) })
    }

    package var name: String { pack.name }

    func parameter(_ key: RuleKey) -> Parameter? { parameters[key] }
}

extension RuleSet {
    /// The pack of that name: the built-in one unless `rulesDirectory` has its own, completed by the site files of the
    /// directory that name it and by `siteFile`.
    ///
    /// A fault in any of the files refuses all of them: half a set of rules is none.
    package static func load(
        pack name: String = "lianyungang-employee", rulesDirectory: String? = nil, siteFile: String? = nil
    ) throws(PolicyError) -> RuleSet {
        let library = RuleLibrary(rulesDirectory: rulesDirectory, siteFile: siteFile)
        return try load(pack: name, from: library)
    }

    static func load(pack name: String, from library: RuleLibrary) throws(PolicyError) -> RuleSet {
        let faults = library.allFaults
        guard faults.isEmpty else { throw .refused(faults) }
        guard let (pack, source) = library.pack(named: name) else {
            throw .unknownPack(name, known: library.packs.map(\.pack.name))
        }
        let (completed, siteSources, _) = library.completed(pack)
        return RuleSet(completed, sources: [source] + siteSources)
    }

    /// Everything wrong with the built-in packs, those of the directory and the site files, for `settle rules check`.
    package static func check(rulesDirectory: String? = nil, siteFile: String? = nil) -> [PackFault] {
        RuleLibrary(rulesDirectory: rulesDirectory, siteFile: siteFile).allFaults
    }
}
