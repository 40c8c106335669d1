-- What people and other programs read: completed runs only, money in yuan, numbers of persons instead of keys.

CREATE VIEW report.run AS
SELECT r.run_id, r.job, r.business_date, r.state, r.started_at, r.finished_at, r.rule_pack_digest,
       to_char(r.posting_month, 'YYYY-MM') AS posting_month, r.batch_upto, r.waits_for, r.attempts, r.program_version
FROM run.run r;
COMMENT ON VIEW report.run IS 'Runs of the jobs, the interrupted one included; waits_for names what an instance still needs';

-- The newest version gives the number; a withdrawn person keeps theirs. Written as an anti-join, which a condition on
-- psn_no or person_id passes through to the indexes.
CREATE VIEW report.person AS
SELECT p.person_id, p.psn_no, p.insu_admdvs
FROM intake.person p
WHERE NOT EXISTS (SELECT FROM intake.person n WHERE n.person_id = p.person_id AND n.batch_id > p.batch_id);
COMMENT ON VIEW report.person IS 'Persons by internal key, newest version';

CREATE VIEW report.account_entry AS
SELECT p.psn_no,
       to_char(e.covered_month, 'YYYY-MM') AS covered_month,
       e.kind::text AS acct_incexpd_type,
       e.source,
       (e.amount_fen / 100.0)::numeric(18, 2) AS amount,
       to_char(r.posting_month, 'YYYY-MM') AS posting_month,
       r.business_date AS posted_on,
       e.run_id,
       c.citation AS article,
       e.revision,
       e.effective_on,
       e.person_id
FROM ledger.account_entry e
JOIN run.run r ON r.run_id = e.run_id AND r.state = 'completed'
JOIN run.citation c ON c.citation_id = e.citation_id
LEFT JOIN report.person p ON p.person_id = e.person_id;
COMMENT ON VIEW report.account_entry IS 'Movements of personal accounts';
COMMENT ON COLUMN report.account_entry.amount IS 'What the balance grows by, yuan';
COMMENT ON COLUMN report.account_entry.source IS 'Id of the fact, or the rule';

CREATE VIEW report.account_balance AS
SELECT p.psn_no, (b.balance_fen / 100.0)::numeric(18, 2) AS balance, b.person_id
FROM (SELECT e.person_id, sum(e.amount_fen)::bigint AS balance_fen
      FROM ledger.account_entry e
      JOIN run.run r ON r.run_id = e.run_id AND r.state = 'completed'
      GROUP BY e.person_id) b
LEFT JOIN report.person p ON p.person_id = b.person_id;
COMMENT ON VIEW report.account_balance IS 'Balance of each personal account that ever moved';
COMMENT ON COLUMN report.account_balance.balance IS 'Sum of all movements, yuan';

CREATE VIEW report.exception AS
SELECT x.run_id, p.psn_no, to_char(x.covered_month, 'YYYY-MM') AS covered_month, x.reason,
       concat_ws('；', w.title, NULLIF(x.source, ''), '处理：' || w.remedy) AS detail,
       x.source, (x.amount_fen / 100.0)::numeric(18, 2) AS amount, x.person_id
FROM run.exception x
JOIN run.run r ON r.run_id = x.run_id AND r.state = 'completed'
LEFT JOIN run.exception_reason w ON w.reason = x.reason
LEFT JOIN report.person p ON p.person_id = x.person_id;
COMMENT ON VIEW report.exception IS 'Who could not be credited or settled, why, and what to do';

CREATE VIEW report.finding AS
SELECT f.run_id, p.psn_no, to_char(f.covered_month, 'YYYY-MM') AS covered_month, f.kind, f.source,
       (f.expected_fen / 100.0)::numeric(18, 2) AS expected, (f.found_fen / 100.0)::numeric(18, 2) AS found, f.person_id
FROM run.finding f
JOIN run.run r ON r.run_id = f.run_id AND r.state = 'completed'
LEFT JOIN report.person p ON p.person_id = f.person_id;
COMMENT ON VIEW report.finding IS 'What was settled and yet should be looked at';

CREATE VIEW report.run_summary AS
SELECT t.run_id, t.measure, t.item, sum(t.row_count)::bigint AS row_count,
       (sum(t.amount_fen)::bigint / 100.0)::numeric(18, 2) AS amount
FROM run.control_total t
JOIN run.run r ON r.run_id = t.run_id AND r.state = 'completed'
GROUP BY t.run_id, t.measure, t.item;
COMMENT ON VIEW report.run_summary IS 'What a run read, credited, excepted and found, by item: the summary it printed';

CREATE VIEW report.voucher_line AS
SELECT v.run_id, v.voucher_no, l.line_no, v.kind, to_char(v.posting_month, 'YYYY-MM') AS posting_month, v.voucher_date,
       v.summary, l.subject_code, s.name AS subject_name, l.fixmedins_code,
       (l.debit_fen / 100.0)::numeric(18, 2) AS debit, (l.credit_fen / 100.0)::numeric(18, 2) AS credit, c.citation AS article
FROM ledger.voucher v
JOIN run.run r ON r.run_id = v.run_id AND r.state = 'completed'
JOIN ledger.voucher_line l USING (voucher_id)
JOIN ledger.subject s ON s.code = l.subject_code
JOIN run.citation c USING (citation_id);
COMMENT ON VIEW report.voucher_line IS 'Vouchers line by line';

CREATE VIEW report.trial_balance AS
SELECT to_char(v.posting_month, 'YYYY-MM') AS posting_month, l.subject_code, s.name AS subject_name, s.class,
       (sum(l.debit_fen)::bigint / 100.0)::numeric(18, 2) AS debit,
       (sum(l.credit_fen)::bigint / 100.0)::numeric(18, 2) AS credit
FROM ledger.voucher v
JOIN run.run r ON r.run_id = v.run_id AND r.state = 'completed'
JOIN ledger.voucher_line l USING (voucher_id)
JOIN ledger.subject s ON s.code = l.subject_code
GROUP BY v.posting_month, l.subject_code, s.name, s.class;
COMMENT ON VIEW report.trial_balance IS 'Turnover of each subject by posting month; debits equal credits in every month';
