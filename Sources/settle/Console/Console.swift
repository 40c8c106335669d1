import Glibc

/// Standard output and standard error.
enum Console {
    static func print(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    /// What went wrong, on standard error.
    static func complain(_ text: String) {
        write("settle: \(text)\n", to: STDERR_FILENO)
    }

    static func exit(_ code: Int32) -> Never {
        Glibc.exit(code)
    }

    /// Whether a person watches standard error: then progress is drawn there.
    static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal, 80 where none is known.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes all bytes; a reader who went away (as `| head`) is no error of ours.
    static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let written = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            start += written
        }
    }
}
