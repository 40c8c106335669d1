-- The demonstration's closing lines: credits by month, accounts against the books, and what pooling came to.
\pset footer off
SELECT posting_month, count(*) AS entries, sum(amount) AS credited
FROM report.account_entry WHERE acct_incexpd_type = '101' GROUP BY posting_month ORDER BY posting_month;
SELECT (SELECT sum(balance) FROM report.account_balance) AS all_accounts,
       (SELECT sum(credit - debit) FROM report.trial_balance WHERE subject_code = '3002') AS personal_account_fund;
SELECT benefit_year, count(*) AS people, sum(visits) AS visits, sum(deductible) AS deductible,
       sum(pool_payment) AS pooling_fund, max(pool_payment) AS highest
FROM report.accumulator GROUP BY benefit_year ORDER BY benefit_year;
SELECT year, count(*) AS accounts, sum(opening) AS opening, sum(brought_in) AS brought_in, sum(credit) AS credit,
       sum(interest) AS interest, sum(payment + other_out - other_in) AS paid, sum(closing) AS closing
FROM report.account_year GROUP BY year ORDER BY year;
SELECT verdict, count(*) AS settlements, sum(pool_payment) AS pooling_fund
FROM report.adjudication GROUP BY verdict ORDER BY verdict;
