-- The keys and indexes of the two large tables that the floors fill.
ALTER TABLE bench.adjudication ADD PRIMARY KEY (person_id, benefit_month, settlement_id, revision);
CREATE INDEX ON bench.adjudication USING brin (run_id) WITH (pages_per_range = 32);
CREATE INDEX ON bench.adjudication (family_person_id) WHERE family_person_id IS NOT NULL;
CREATE INDEX ON bench.adjudication (person_id, settlement_id, revision) WHERE revision > 0;
ALTER TABLE bench.account_entry ADD PRIMARY KEY (person_id, covered_month, kind, source, revision);
CREATE INDEX ON bench.account_entry USING brin (run_id) WITH (pages_per_range = 32);
