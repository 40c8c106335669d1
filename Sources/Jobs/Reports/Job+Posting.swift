extension Job {
    /// Whether runs of the job post adjudications.
    var postsAdjudications: Bool {
        switch self {
        case .nightly, .yearEnd, .reprove: true
        case .monthEnd, .reconcileDay, .reconcileMonth, .reconcileYear: false
        }
    }
}
