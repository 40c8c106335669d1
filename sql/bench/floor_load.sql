-- The floor of a load: COPY ... CSV of the same file, settlement.csv in the working directory, into an equal table with equal
-- keys. Nothing is checked, and money stays in yuan. The table is made by floor_load_table.sql.
\copy bench.settlement FROM 'settlement.csv' (FORMAT csv, HEADER match)
