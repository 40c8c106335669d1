package import Money
package import Policy

/// Whether a settlement enters ordinary outpatient pooling (普通门诊统筹). What does not, must not touch its sums.
package enum PoolingEntry: Hashable, Sendable {
    case ordinary
    /// Ordinary, at the level of the prescribing institution (二（一）: pharmacies).
    case byPrescription
    case outside(OutsideReason)

    var isOutside: Bool {
        if case .outside = self { true } else { false }
    }
}

/// Why a settlement is outside ordinary pooling; nothing is wrong with it.
package enum OutsideReason: String, Hashable, Sendable, CaseIterable {
    /// Another insurance than the one settled.
    case otherInsurance = "other_insurance"
    /// 门诊慢特病、住院 and other benefits of their own (二（二）).
    case otherBenefit = "other_benefit"
    /// A pharmacy sale without a prescription: account or cash only (二（一）).
    case noPrescription = "no_prescription"
    /// A working person's month without a paid contribution, where the rules pool paid months only.
    case unpaidGap = "unpaid_gap"
}

/// - Parameters:
///   - medicalType: `med_type`.
///   - hasPrescriber: whether `rx_fixmedins_code` names a prescribing institution.
///   - disease: `dise_codg`; empty if none.
package func poolingEntry(
    insurance: Int16, settled: Int16, medicalType: Int32, hasPrescriber: Bool, disease: FactID,
    table: OutpatientTable
) -> PoolingEntry {
    guard insurance == settled else { return .outside(.otherInsurance) }
    if table.prescriptionMedicalTypes.contains(medicalType) {
        return hasPrescriber ? .byPrescription : .outside(.noPrescription)
    }
    if table.medicalTypes.contains(medicalType) { return .ordinary }
    if !disease.isEmpty, table.movedChronicDiseases.contains(disease) { return .ordinary }
    return .outside(.otherBenefit)
}
