package import Books

/// A voucher and the article that it cites, before either has a number.
package struct CitedVoucher: Hashable, Sendable {
    package let voucher: Voucher
    package let article: String
}
