/// The bound values of one execution, in the form libpq takes them.
struct ParameterList {
    private(set) var types: [UInt32] = []
    private(set) var bytes: [UInt8] = []
    /// Where each value begins in `bytes`; `nil` for a null.
    private(set) var offsets: [Int?] = []
    private(set) var lengths: [Int32] = []

    init(_ values: [any ParameterValue]) {
        types.reserveCapacity(values.count)
        offsets.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        for value in values {
            types.append(type(of: value).typeOID)
            if value.isNull {
                offsets.append(nil)
                lengths.append(0)
            } else {
                let start = bytes.count
                value.append(to: &bytes)
                offsets.append(start)
                lengths.append(Int32(clamping: bytes.count - start))
            }
        }
        // A last empty value still needs an address: libpq takes the null pointer for NULL.
        bytes.append(0)
    }

    var count: Int { types.count }
}
