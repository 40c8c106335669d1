-- Who may see whom: what leaves the database about persons is masked, but to members of a role of its own. And the unit
-- (单位) that a person is enrolled with, by which the people of a unit are found.

-- Roles are made by the user who migrates; the owner may not.
RESET ROLE;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'settle_personal') THEN
        -- Roles are the whole server's: another database may make it at the same moment.
        BEGIN
            CREATE ROLE settle_personal NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
END
$$;
SET LOCAL ROLE settle_owner;

GRANT USAGE ON SCHEMA report TO settle_personal;

ALTER TABLE intake.enrolment ADD COLUMN emp_no text COLLATE "C";
COMMENT ON COLUMN intake.enrolment.emp_no IS
    'Unit (单位编号) that the person is enrolled with; null if none was delivered. A change of unit is a new row; it moves no money';
CREATE INDEX enrolment_by_unit ON intake.enrolment (emp_no, person_id) WHERE emp_no IS NOT NULL;

CREATE FUNCTION report.masked_number(number text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN left(number, least(4, length(number) / 4))
        || repeat('*', length(number) - 2 * least(4, length(number) / 4))
        || right(number, least(4, length(number) / 4));
COMMENT ON FUNCTION report.masked_number(text) IS
    'A number of a person with at most its first and last four characters, and never more than half of it';

CREATE FUNCTION report.masked_name(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN length(name) > 1 THEN left(name, 1) || repeat('*', least(length(name) - 1, 3)) ELSE '*' END;
COMMENT ON FUNCTION report.masked_name(text) IS 'A name of a person as 张**: its first character, and a star for up to three others';

CREATE VIEW report.person_masked AS
SELECT p.person_id, report.masked_number(p.psn_no) AS psn_no,
       CASE WHEN p.psn_name IS NOT NULL THEN report.masked_name(p.psn_name) END AS psn_name, p.insu_admdvs
FROM intake.person p
WHERE NOT EXISTS (SELECT FROM intake.person n WHERE n.person_id = p.person_id AND n.batch_id > p.batch_id);
COMMENT ON VIEW report.person_masked IS 'Persons with number and name masked, newest version';

-- What is granted by default on views is taken back here: the batch role loads names, and gives none out.
CREATE VIEW report.person_named AS
SELECT p.person_id, p.psn_no, p.psn_name, p.insu_admdvs
FROM intake.person p
WHERE NOT EXISTS (SELECT FROM intake.person n WHERE n.person_id = p.person_id AND n.batch_id > p.batch_id);
COMMENT ON VIEW report.person_named IS 'Persons with number and name in full, newest version; for members of settle_personal only';
REVOKE ALL ON report.person_named FROM settle_batch, settle_report;
GRANT SELECT ON report.person_named, report.person_masked TO settle_personal;
