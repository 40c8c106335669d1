-- Lays the settlements of a year in the order of their time, as years of nights leave them; the loader wrote them person by
-- person, which no office's table is. The institutions' statements go: to compare them is a job of its own, which no peer
-- does. Not timed. Variable: year.
TRUNCATE intake.institution_statement, intake.institution_statement_line;
\set partition intake.settlement_:year
CREATE INDEX bench_arrival ON :partition (setl_time);
CLUSTER :partition USING bench_arrival;
DROP INDEX intake.bench_arrival;
VACUUM (FREEZE, ANALYZE);
