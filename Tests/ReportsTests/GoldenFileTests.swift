import FoundationEssentials
import Readers
import Testing

@Suite struct `A file that has to stay as it is` {
    @Test func `is compared byte by byte, and what differs is shown line by line`() throws {
        let folder = try Folder()
        try folder.write("a\nb\r\nc\nd\n", to: "x.csv")
        let golden = Golden(in: folder.path, renews: false)
        #expect(try golden.complaint(about: "a\nb\r\nc\nd\n", "x.csv") == nil)
        #expect(
            try golden.complaint(about: "a\nb\nx\nd\n", "x.csv") == """
                Golden/x.csv says otherwise:
                  line 2:
                  a
                - b\\r
                - c
                + b
                + x
                If the new text is right, run the test again with SETTLE_TEST_RENEW=1 and look at what git says has changed.
                """)
        #expect(try golden.complaint(about: "", "y.csv") != nil)
        #expect(try golden.complaint(about: "a\nb\r\nc\nd", "x.csv")?.contains("line 5:") == true)
        #expect(try folder.text("x.csv") == "a\nb\r\nc\nd\n")
    }

    @Test func `is cut where much differs`() {
        let (old, new) = ((0..<30).map { "\($0)\n" }.joined(), String(repeating: "x", count: 400) + "\n")
        let difference = Golden.difference(old, new)
        #expect(difference.contains("… and 18 lines more") && difference.contains("xxx…"))
        #expect(difference.split(separator: "\n").count == 15)
    }

    @Test func `is told apart where only its bytes differ`() throws {
        let folder = try Folder()
        try folder.write("\u{E9}", to: "x")
        let golden = Golden(in: folder.path, renews: false)
        #expect(try golden.complaint(about: "e\u{301}", "x") != nil)
    }

    @Test func `is written anew when that is asked for`() throws {
        let folder = try Folder()
        let golden = Golden(in: "\(folder.path)/new/Golden", renews: true)
        #expect(try golden.complaint(about: "a", "x") == nil)
        #expect(try folder.text("new/Golden/x") == "a")
    }
}
