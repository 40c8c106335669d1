-- A night and a month-end ask what has come since the run before. Versions lie in the order of their batches, so that a
-- summary of each range of pages finds the few new ones in a table of a whole city, and costs a load next to nothing.
CREATE INDEX person_by_batch ON intake.person USING brin (batch_id) WITH (autosummarize = on);
CREATE INDEX enrolment_by_batch ON intake.enrolment USING brin (batch_id) WITH (autosummarize = on);
CREATE INDEX fixed_credit_by_batch ON intake.fixed_credit USING brin (batch_id) WITH (autosummarize = on);
CREATE INDEX account_opening_by_batch ON intake.account_opening USING brin (batch_id, balance_date)
    WITH (autosummarize = on);
