-- The usual stored procedure: one loop over settlements in the order of person, time and identifier, with the running sums
-- in variables, a look-up of the notice's table already joined, and an INSERT for each row. Decides everything, exact
-- refunds and changes of category included: 二（一）, the sums of a benefit year, 退费 as of the original's own time.
--
-- Read by row_loop.sql, which runs it for all persons of a range, and by adjudicated.sql, which runs it for the few whose
-- year window sums cannot express.

-- What a refund needs to know of the settlements before it.
CREATE TYPE bench.settled AS (
    setl_id text,
    verdict smallint,
    category smallint,
    level smallint,
    standard bigint,
    ceiling bigint,
    rate_bp integer,
    used_before bigint,
    paid_before bigint,
    medfee bigint,
    fulamt_ownpay bigint,
    overlmt_selfpay bigint,
    preselfpay bigint,
    inscp_scp bigint,
    acct_pay bigint,
    acct_mulaid_pay bigint,
    hosp_part bigint,
    benefit_month date,
    is_refunded_whole boolean,
    eligible bigint,
    deductible bigint,
    payable bigint,
    pool bigint,
    account bigint,
    family bigint,
    cash bigint);

-- only_listed: the persons of bench.row_by_row; otherwise those whose key is not above person_upto.
-- with_entries: post to accounts as well, row by row.
CREATE PROCEDURE bench.adjudicate_row_by_row(
    run bigint, year integer, known_batch bigint, horizon date, person_upto bigint, only_listed boolean,
    with_entries boolean)
    LANGUAGE plpgsql
AS $$
DECLARE
    r record;
    -- The settlements of the person so far; only kept where a refund may ask for them.
    kept bench.settled[];
    o bench.settled;
    n bench.settled;
    place integer;
    now_verdict smallint;
    last_person bigint;
    last_time timestamp;
    last_id text;
    used bigint;
    paid bigint;
    in_scope bigint;
    visit_count integer;
    last_category smallint;
    article integer := bench.citation('连政办发〔2022〕73号 二（一）');
    notice integer := bench.citation('连政办发〔2022〕73号');
BEGIN
    FOR r IN
        SELECT c.*, m.person_id IS NOT NULL AS has_refunds
        FROM bench.claims(adjudicate_row_by_row.year, 0, known_batch, adjudicate_row_by_row.horizon) c
        LEFT JOIN bench.refunded m ON m.person_id = c.person_id
        WHERE CASE WHEN only_listed THEN c.person_id IN (SELECT l.person_id FROM bench.row_by_row l)
                   ELSE c.person_id <= person_upto END
        ORDER BY c.person_id, c.setl_time, c.setl_id
    LOOP
        IF last_person IS DISTINCT FROM r.person_id THEN
            IF last_person IS NOT NULL THEN
                INSERT INTO bench.accumulator VALUES (
                    last_person, run, used, used, paid, paid, in_scope, last_time, visit_count,
                    adjudicate_row_by_row.year,
                    last_category, last_id);
            END IF;
            used := 0; paid := 0; in_scope := 0; visit_count := 0; last_category := NULL;
            kept := '{}';
        END IF;
        last_person := r.person_id; last_time := r.setl_time; last_id := r.setl_id;
        n := NULL;
        IF r.init_setl_id IS NULL THEN
            n.setl_id := r.setl_id;
            n.verdict := r.verdict;
            n.benefit_month := date_trunc('month', r.setl_time)::date;
            n.eligible := 0; n.deductible := 0; n.payable := 0; n.pool := 0;
            n.account := 0; n.family := 0; n.cash := 0;
            n.used_before := used; n.paid_before := paid;
            IF r.verdict = 0 THEN
                n.category := r.category; n.level := r.level;
                n.standard := r.standard; n.ceiling := r.ceiling; n.rate_bp := r.rate_bp;
                n.eligible := r.inscp_scp;
                n.deductible := least(r.inscp_scp, greatest(0, r.standard - used));
                n.payable := ((n.eligible - n.deductible) * r.rate_bp + 5000) / 10000;
                n.pool := least(n.payable, greatest(0, r.ceiling - paid));
                visit_count := visit_count + 1;
                last_category := CASE WHEN r.category = 2 THEN 1 ELSE r.category END;
            END IF;
            IF r.verdict IN (0, 1) THEN
                n.cash := r.medfee - n.pool - r.hosp_part;
                n.account := greatest(0, least(r.acct_pay, n.cash));
                n.family := greatest(0, least(r.acct_mulaid_pay, n.cash - n.account));
                n.cash := n.cash - n.account - n.family;
            END IF;
            IF r.has_refunds THEN
                n.medfee := r.medfee; n.fulamt_ownpay := r.fulamt_ownpay; n.overlmt_selfpay := r.overlmt_selfpay;
                n.preselfpay := r.preselfpay; n.inscp_scp := r.inscp_scp; n.acct_pay := r.acct_pay;
                n.acct_mulaid_pay := r.acct_mulaid_pay; n.hosp_part := r.hosp_part; n.is_refunded_whole := false;
                kept := kept || n;
            END IF;
        ELSE
            n.benefit_month := date_trunc('month', r.setl_time)::date;
            n.eligible := 0; n.deductible := 0; n.payable := 0; n.pool := 0;
            n.account := 0; n.family := 0; n.cash := 0;
            place := NULL;
            FOR i IN 1..coalesce(array_length(kept, 1), 0) LOOP
                IF kept[i].setl_id = r.init_setl_id THEN
                    place := i;
                    EXIT;
                END IF;
            END LOOP;
            now_verdict := r.verdict;
            IF place IS NOT NULL THEN
                o := kept[place];
                n.benefit_month := o.benefit_month;
            END IF;
            -- 0 or 1: the row itself is in order, or of another insurance.
            IF now_verdict = 0 OR (now_verdict = 1 AND place IS NOT NULL AND o.verdict = 1) THEN
                IF place IS NULL THEN now_verdict := 19;
                ELSIF o.verdict > 1 THEN now_verdict := 20;
                ELSIF o.is_refunded_whole THEN now_verdict := CASE WHEN r.verdict = 1 THEN 1 ELSE 21 END;
                ELSIF least(o.medfee + r.medfee, o.fulamt_ownpay + r.fulamt_ownpay, o.overlmt_selfpay + r.overlmt_selfpay,
                            o.preselfpay + r.preselfpay, o.inscp_scp + r.inscp_scp, o.acct_pay + r.acct_pay,
                            o.acct_mulaid_pay + r.acct_mulaid_pay, o.hosp_part + r.hosp_part) < 0
                    THEN now_verdict := CASE WHEN r.verdict = 1 THEN 1 ELSE 22 END;
                ELSE
                    -- What is left of the original, decided as of its own time; the difference is taken back.
                    now_verdict := o.verdict;
                    n.category := o.category; n.level := o.level; n.rate_bp := o.rate_bp;
                    n.eligible := -o.eligible; n.deductible := -o.deductible; n.payable := -o.payable;
                    n.pool := -o.pool; n.account := -o.account; n.family := -o.family; n.cash := -o.cash;
                    o.medfee := o.medfee + r.medfee; o.inscp_scp := o.inscp_scp + r.inscp_scp;
                    o.fulamt_ownpay := o.fulamt_ownpay + r.fulamt_ownpay;
                    o.overlmt_selfpay := o.overlmt_selfpay + r.overlmt_selfpay;
                    o.preselfpay := o.preselfpay + r.preselfpay; o.acct_pay := o.acct_pay + r.acct_pay;
                    o.acct_mulaid_pay := o.acct_mulaid_pay + r.acct_mulaid_pay; o.hosp_part := o.hosp_part + r.hosp_part;
                    o.eligible := 0; o.deductible := 0; o.payable := 0; o.pool := 0;
                    o.account := 0; o.family := 0; o.cash := 0;
                    o.is_refunded_whole := o.medfee = 0;
                    IF NOT o.is_refunded_whole THEN
                        IF o.verdict = 0 THEN
                            o.eligible := o.inscp_scp;
                            o.deductible := least(o.inscp_scp, greatest(0, o.standard - o.used_before));
                            o.payable := ((o.eligible - o.deductible) * o.rate_bp + 5000) / 10000;
                            o.pool := least(o.payable, greatest(0, o.ceiling - o.paid_before));
                        END IF;
                        o.cash := o.medfee - o.pool - o.hosp_part;
                        o.account := greatest(0, least(o.acct_pay, o.cash));
                        o.family := greatest(0, least(o.acct_mulaid_pay, o.cash - o.account));
                        o.cash := o.cash - o.account - o.family;
                    END IF;
                    n.eligible := n.eligible + o.eligible; n.deductible := n.deductible + o.deductible;
                    n.payable := n.payable + o.payable; n.pool := n.pool + o.pool;
                    n.account := n.account + o.account; n.family := n.family + o.family; n.cash := n.cash + o.cash;
                    kept[place] := o;
                    IF o.verdict = 0 THEN visit_count := visit_count - 1; END IF;
                END IF;
            END IF;
            n.verdict := now_verdict;
        END IF;
        used := used + n.deductible; paid := paid + n.pool; in_scope := in_scope + n.eligible;
        INSERT INTO bench.adjudication VALUES (
            r.person_id, run, r.setl_time, n.eligible, n.deductible, n.payable, n.pool, n.account, n.family, n.cash,
            CASE WHEN n.family <> 0 THEN coalesce(r.acct_mulaid_person_id, r.person_id) END, n.benefit_month,
            CASE WHEN n.verdict = 0 THEN article ELSE notice END, coalesce(n.rate_bp, 0), n.verdict, n.category,
            n.level, 0, 0, r.setl_id);
        IF with_entries THEN
            IF coalesce(r.acct_mulaid_person_id, r.person_id) = r.person_id THEN
                n.account := n.account + n.family;
                n.family := 0;
            END IF;
            IF n.account <> 0 THEN
                INSERT INTO bench.account_entry VALUES (
                    r.person_id, -n.account, run, date_trunc('month', r.setl_time)::date, r.setl_time::date,
                    CASE WHEN n.verdict = 0 THEN article ELSE notice END,
                    CASE WHEN r.init_setl_id IS NULL THEN 201 ELSE 109 END, 0, r.setl_id);
            END IF;
            IF n.family <> 0 THEN
                INSERT INTO bench.account_entry VALUES (
                    r.acct_mulaid_person_id, -n.family, run, date_trunc('month', r.setl_time)::date, r.setl_time::date,
                    CASE WHEN n.verdict = 0 THEN article ELSE notice END,
                    CASE WHEN r.init_setl_id IS NULL THEN 201 ELSE 109 END, 0, r.setl_id);
            END IF;
        END IF;
    END LOOP;
    IF last_person IS NOT NULL THEN
        INSERT INTO bench.accumulator VALUES (
            last_person, run, used, used, paid, paid, in_scope, last_time, visit_count,
                    adjudicate_row_by_row.year,
            last_category, last_id);
    END IF;
END
$$;
