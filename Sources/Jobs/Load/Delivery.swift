import Crypto
import FoundationEssentials
import Intake

/// The files of a delivered directory.
struct Delivery {
    let directory: String
    /// In the order they are loaded.
    let files: [IntakeFile]

    /// Files that are not CSV are not looked at; a CSV file that is not in the contract is refused by name.
    init(directory: String) throws(LoadError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw .directory(directory)
        }
        let unknown = names.filter { $0.lowercased().hasSuffix(".csv") && IntakeFile.named($0) == nil }.sorted()
        guard unknown.isEmpty else { throw .unknownFiles(unknown, directory: directory) }
        files = IntakeFile.all.filter { names.contains($0.name) }
        guard !files.isEmpty else { throw .noFiles(directory: directory) }
        self.directory = directory
    }

    func path(of file: IntakeFile) -> String {
        directory.hasSuffix("/") ? directory + file.name : "\(directory)/\(file.name)"
    }

    /// SHA-256 over the names and digests of the files, as `sha256sum *.csv | sha256sum` makes it.
    ///
    /// - Parameter digests: of each file, in hexadecimal, in the order of ``files``.
    func digest(of digests: [String]) -> String {
        let lines = zip(files, digests).sorted { $0.0.name < $1.0.name }.map { "\($1)  \($0.name)\n" }
        return hexadecimal(SHA256.hash(data: Array(lines.joined().utf8)))
    }
}
