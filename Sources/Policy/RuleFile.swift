internal import FoundationEssentials

/// The bytes of a rule file and the name messages give it.
package struct RuleFile {
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The packs compiled into the program.
    static let builtIn = [
        RuleFile(name: "lianyungang-employee.yaml", bytes: PackageResources.lianyungang_employee_yaml)
    ]
}

extension RuleFile {
    package init(path: String) throws(PackFault) {
        do {
            self.init(name: path, bytes: [UInt8](try Data(contentsOf: URL(filePath: path))))
        } catch {
            throw PackFault(path, 0, .unreadable(reason(error)))
        }
    }

    package func text() throws(PackFault) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let first = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        throw PackFault(name, (first ?? 0) + 1, .notUTF8)
    }

    /// Every `*.yaml` file in a directory, by name.
    static func files(inDirectory path: String) throws(PackFault) -> [RuleFile] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw PackFault(path, 0, .unreadable(reason(error)))
        }
        var files: [RuleFile] = []
        for name in names.sorted() where name.hasSuffix(".yaml") {
            files.append(try RuleFile(path: path.hasSuffix("/") ? path + name : "\(path)/\(name)"))
        }
        return files
    }
}

/// What the operator can act on: the library's own texts differ between its versions.
private func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile, .fileNoSuchFile: "no such file or directory"
    case .fileReadNoPermission: "not permitted to read"
    default: "cannot be read"
    }
}
