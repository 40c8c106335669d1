-- How work was done: one row a run, one a chunk, the lease that keeps a second run out, what was not done and why.
-- These tables are small and local; only exception and finding grow with the city and are keyed by person.

CREATE TABLE run.rule_pack (
    digest text PRIMARY KEY,
    name text NOT NULL,
    pack_text text NOT NULL,
    site_text text,
    first_used_at timestamptz NOT NULL
);
COMMENT ON TABLE run.rule_pack IS 'Text of every rule pack that a run used, by digest';
COMMENT ON COLUMN run.rule_pack.site_text IS 'The site file that completed the pack; null if there was none';

CREATE TABLE run.citation (
    citation_id integer PRIMARY KEY CHECK (citation_id > 0),
    citation text NOT NULL UNIQUE
);
COMMENT ON TABLE run.citation IS 'Articles that results cite, each text once';

CREATE TABLE run.run (
    run_id bigint PRIMARY KEY CHECK (run_id > 0),
    job text NOT NULL,
    business_date date NOT NULL,
    posting_month date NOT NULL,
    horizon date NOT NULL,
    batch_upto bigint NOT NULL,
    previous_horizon date,
    previous_batch_upto bigint,
    months_from date,
    chunk_count integer NOT NULL CHECK (chunk_count > 0),
    state text NOT NULL CHECK (state IN ('running', 'completed')),
    waits_for text,
    attempts integer NOT NULL CHECK (attempts > 0),
    rule_pack_digest text NOT NULL REFERENCES run.rule_pack,
    program_version text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT completed_run_has_finished CHECK ((finished_at IS NOT NULL) = (state = 'completed')),
    CONSTRAINT only_a_completed_run_waits CHECK (waits_for IS NULL OR state = 'completed'),
    CONSTRAINT a_predecessor_has_both_marks CHECK ((previous_horizon IS NULL) = (previous_batch_upto IS NULL))
);
CREATE UNIQUE INDEX one_run_at_work ON run.run ((true)) WHERE state = 'running';
CREATE UNIQUE INDEX an_instance_is_done_once ON run.run (job, business_date) WHERE state = 'completed' AND waits_for IS NULL;
COMMENT ON TABLE run.run IS 'Runs: a job and its business date are an instance, each try at it that was begun is a run';
COMMENT ON COLUMN run.run.posting_month IS 'Month of the books that the run posts into, as its first day';
COMMENT ON COLUMN run.run.horizon IS 'The run knows facts dated up to this day';
COMMENT ON COLUMN run.run.batch_upto IS 'The run knows intake batches up to this one; 0 means none';
COMMENT ON COLUMN run.run.previous_horizon IS 'Horizon of the job''s run before; null for its first';
COMMENT ON COLUMN run.run.previous_batch_upto IS 'Batches that the job''s run before knew; null for its first';
COMMENT ON COLUMN run.run.months_from IS 'First month that the run settles for everyone; null if the job has no months';
COMMENT ON COLUMN run.run.waits_for IS 'What is still to be supplied or decided for the instance to be done; null if it is done';
COMMENT ON COLUMN run.run.attempts IS 'How many times the run was begun or resumed';

CREATE TABLE run.chunk (
    run_id bigint NOT NULL REFERENCES run.run,
    chunk_no integer NOT NULL,
    person_from bigint NOT NULL,
    person_upto bigint NOT NULL,
    fence bigint NOT NULL,
    committed_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, chunk_no)
);
COMMENT ON TABLE run.chunk IS 'Checkpoints: a chunk of persons that is done, committed together with its rows';
COMMENT ON COLUMN run.chunk.person_upto IS 'Last person_id of the chunk, inclusive';
COMMENT ON COLUMN run.chunk.fence IS 'Fencing number under which the chunk was written';

CREATE TABLE run.control_total (
    run_id bigint NOT NULL REFERENCES run.run,
    chunk_no integer NOT NULL,
    measure text NOT NULL,
    item text NOT NULL,
    row_count bigint NOT NULL,
    amount_fen bigint NOT NULL,
    PRIMARY KEY (run_id, chunk_no, measure, item)
);
COMMENT ON TABLE run.control_total IS 'What each chunk counted, as the program saw it; tied against the ledger before a run completes';
COMMENT ON COLUMN run.control_total.item IS 'What the measure is broken down by: category, reason, collection type';
COMMENT ON COLUMN run.control_total.amount_fen IS 'Sum of the rows counted, fen; 0 where the measure has no money';

CREATE TABLE run.lease (
    name text PRIMARY KEY,
    fence bigint NOT NULL,
    owner text,
    since timestamptz,
    CONSTRAINT an_owner_has_a_beginning CHECK ((owner IS NULL) = (since IS NULL))
);
COMMENT ON TABLE run.lease IS 'Who may write: the fence grows with every owner, and a chunk written under an older fence does not commit';
CREATE TABLE run.heartbeat (
    name text PRIMARY KEY REFERENCES run.lease,
    beat_at timestamptz NOT NULL
);
COMMENT ON TABLE run.heartbeat IS 'Last sign of life of the lease''s owner, apart from the lease so that beating never waits for a chunk';
INSERT INTO run.lease (name, fence) VALUES ('ledger', 0);
INSERT INTO run.heartbeat (name, beat_at) VALUES ('ledger', 'epoch');

CREATE TABLE run.exception (
    person_id bigint NOT NULL,
    run_id bigint NOT NULL,
    covered_month date NOT NULL,
    reason text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    amount_fen bigint,
    PRIMARY KEY (person_id, run_id, covered_month, reason, source)
);
CREATE INDEX exception_by_run ON run.exception USING brin (run_id);
COMMENT ON TABLE run.exception IS 'Who could not be credited or settled in a run, and why';
COMMENT ON COLUMN run.exception.source IS 'Id of the fact concerned; empty where the reason is about the month itself';
COMMENT ON COLUMN run.exception.amount_fen IS 'Amount that waits, fen; null if not known';

CREATE TABLE run.exception_reason (
    reason text COLLATE "C" PRIMARY KEY,
    title text NOT NULL,
    remedy text NOT NULL
);
COMMENT ON TABLE run.exception_reason IS 'Reason codes of exceptions in words, with what to do';
INSERT INTO run.exception_reason (reason, title, remedy) VALUES
    ('unknown_person', '人员信息未到', '补传 person.csv 后自动补记'),
    ('no_rule', '所属月份无规则', '由政策部门补充该月份的规则，或退回该笔缴费'),
    ('dead', '所属月份在死亡之后', '核对死亡日期；多缴的费用办理退费'),
    ('not_enrolled', '所属月份未参保', '核对参保登记；多缴的费用办理退费'),
    ('retired', '所属月份已退休', '核对退休时间；多缴的费用办理退费'),
    ('unknown_status', '人员类别无法识别', '更正参保登记中的人员类别'),
    ('unpaid', '当月无到账缴费', '催缴；到账后自动补记'),
    ('no_own_level', '无本人改革前划入水平', '由经办机构核定后补传 fixed_credit.csv'),
    ('figure_not_supplied', '标准尚未公布', '由政策部门在站点文件中提供并注明出处，再次运行');

CREATE TABLE run.finding (
    person_id bigint NOT NULL,
    run_id bigint NOT NULL,
    covered_month date NOT NULL,
    kind text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    expected_fen bigint NOT NULL,
    found_fen bigint NOT NULL,
    PRIMARY KEY (person_id, run_id, covered_month, kind, source)
);
CREATE INDEX finding_by_run ON run.finding USING brin (run_id);
COMMENT ON TABLE run.finding IS 'What was settled and yet should be looked at';
COMMENT ON COLUMN run.finding.expected_fen IS 'What the rules say, fen';
COMMENT ON COLUMN run.finding.found_fen IS 'What the facts say, fen';

GRANT UPDATE ON run.run, run.lease, run.heartbeat TO settle_batch;
