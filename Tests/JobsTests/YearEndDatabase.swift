import Jobs
import Money
import Policy
import Postgres
import Testing

/// Each test's workers have connections of their own, of which a server has a number: the suites of one of these go one
/// after the other.
@Suite(.serialized) enum `The books of a year` {}

@Suite(.serialized) enum `The proof of a year` {}

@Suite(.serialized) enum `The calendar of a year` {}

extension ScratchDatabase {
    @discardableResult
    func yearEnd(_ year: Int, _ options: JobOptions = JobOptions()) async throws -> YearEndResult {
        try await YearEndJob(options.context(settings(options.commitFault)), year: year).run()
    }

    /// Closes a year that is not closed yet, and says what was done.
    @discardableResult
    func close(
        _ year: Int, _ options: JobOptions = JobOptions(), sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> YearEndSummary {
        guard case .settled(let summary) = try await yearEnd(year, options) else {
            return try #require(nil, "the year \(year) was closed before", sourceLocation: sourceLocation)
        }
        return summary
    }

    /// Proves a closed year once more.
    func reprove(
        _ year: Int, _ options: JobOptions = JobOptions(), sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> YearEndSummary {
        let job = try ReproveJob(options.context(settings(options.commitFault)), year: year)
        guard case .settled(let summary) = try await job.run() else {
            return try #require(nil, "a proof is never done", sourceLocation: sourceLocation)
        }
        return summary
    }

    func verify(_ year: Int? = nil, _ options: JobOptions = JobOptions()) async throws -> [Verification] {
        try await VerifyJob(options.context(settings()), year: year).run()
    }

    /// Settles months one by one, each with its last night.
    func settle(
        months range: ClosedRange<String>, _ options: JobOptions = JobOptions()
    ) async throws {
        for month in try JobsTests.months(range) {
            try await nightly(month.lastDay, options)
            try await monthEnd(month, options)
        }
    }
}

extension YearEndSummary {
    /// A count over all items of a measure.
    func rows(_ measure: String) -> Int64 {
        lines.filter { $0.measure == measure }.reduce(0) { $0 + $1.rows }
    }

    func amount(_ measure: String) -> Fen {
        lines.filter { $0.measure == measure }.reduce(.zero) { Fen($0.rawValue + $1.amount.rawValue) }
    }

    var brokenTies: [Tie] { ties.filter { !$0.holds } }

    /// What differed, or what is left, as `settlement 1 12.00`; empty if nothing.
    func counted(_ prefix: String) -> [String] {
        lines.filter { $0.measure.hasPrefix("\(prefix).") && ($0.rows != 0 || $0.amount != .zero) }.map {
            "\($0.measure.dropFirst(prefix.count + 1)) \($0.rows) \($0.amount)"
        }
    }
}

/// What year-ends come to, in forms that can be compared.
extension ScratchDatabase {
    /// Everything that year-ends wrote besides what nights and month-ends write.
    func everythingOfYears() throws -> [String] {
        try everythingOfNights()
            + rows(
                """
                SELECT concat_ws(' ', 'account_year', person_id, run_id, year, opening_fen, brought_in_fen, credit_fen,
                                 interest_fen, other_in_fen, payment_fen, other_out_fen, closing_fen, prior_year_fen,
                                 closing_this_year_fen, closing_last_year_fen, closing_earlier_fen) AS line
                FROM ledger.account_year
                UNION ALL
                SELECT concat_ws(' ', 'certificate', year, run_id, digest, previous_digest) FROM run.certificate
                UNION ALL
                SELECT concat_ws(' ', 'line', year, section, item, row_count, amount_fen, digest)
                FROM run.certificate_line
                UNION ALL
                SELECT concat_ws(' ', 'leaf', year, table_name, chunk_no, person_from, person_upto, row_count, digest)
                FROM run.certificate_leaf
                UNION ALL
                SELECT concat_ws(' ', 'institution_year', i::text) FROM ledger.institution_year i
                UNION ALL
                SELECT concat_ws(' ', 'institution_clearing', c::text) FROM ledger.institution_clearing c
                ORDER BY line
                """)
    }

    func certificateDigest(_ year: Int) throws -> String {
        try #require(try rows("SELECT digest FROM report.certificate WHERE year = \(literal: year)").first)
    }

    /// Takes the database back to before its year-ends; nights and month-ends stay.
    func forgetYearEnds() throws {
        let yearEnds = "SELECT run_id FROM run.run WHERE job = 'year-end'"
        let ofYearEnds = "run_id IN (\(yearEnds))"
        let tables = [
            "ledger.account_entry", "ledger.adjudication", "ledger.accumulator", "ledger.account_year",
            "ledger.institution_year", "ledger.institution_clearing", "run.exception", "run.finding", "run.discrepancy",
            "run.control_total", "run.chunk",
        ]
        try tamper(
            """
            SET session_replication_role = replica;
            DELETE FROM ledger.voucher_line WHERE voucher_id IN (SELECT voucher_id FROM ledger.voucher WHERE \(ofYearEnds));
            DELETE FROM ledger.voucher WHERE \(ofYearEnds);
            DELETE FROM run.certificate;
            DELETE FROM run.certificate_line;
            DELETE FROM run.certificate_leaf;
            \(tables.map { "DELETE FROM \($0) WHERE \(ofYearEnds);" }.joined(separator: "\n"))
            UPDATE ledger.period SET state = 'open', closed_by_run = NULL, closed_at = NULL
            WHERE closed_by_run IN (\(yearEnds));
            DELETE FROM run.run WHERE job = 'year-end';
            UPDATE run.lease SET fence = 0, owner = NULL, since = NULL;
            """)
    }
}
