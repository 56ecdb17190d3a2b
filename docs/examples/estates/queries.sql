-- What the audits of many exports say together, for DuckDB. Run it in the folder that holds results/:
--
--     duckdb -f queries.sql
--
-- Failures are those that nobody accepted. Recipients with the same result stand in one line with their count, so lines are not
-- counted: counts are summed.

-- every line of every file: a header, results, a summary. The columns are named, so that a key that one file lacks is no error
create temp table lines as
    select *
    from read_ndjson('results/**/*.ndjson', filename = true, maximum_object_size = 1000000000, columns = {
        record: 'varchar', started: 'timestamp', complete: 'boolean', results: 'bigint',
        targets: 'struct(organization varchar, complete boolean, problems varchar[])[]',
        "check": 'varchar', severity: 'varchar', verdict: 'varchar', count: 'bigint', waiver: 'json'});

-- a row a file. The day is the last date in its name (ORG/2026-11-30.ldif.ndjson): a report knows when it was made, and not when its
-- export was. Without a date in the name it is the day of the audit. A file whose organization was not seen goes by its name.
create temp table files as
    select
        filename,
        coalesce(try_cast(regexp_extract(filename, '.*([0-9]{4}-[0-9]{2}-[0-9]{2})', 1) as date), started::date) as day,
        coalesce(targets[1].organization, filename) as organization,
        complete,
        targets[1].problems as problems
    from lines
    where record = 'header';

create temp view results as
    select filename, "check", severity, verdict, count, verdict = 'fail' and waiver is null as fails
    from lines
    where record = 'result';

-- the newest export of each organization
create temp table newest as
    select * from files qualify row_number() over (partition by organization order by day desc, filename desc) = 1;

-- failures of each organization, in its newest export
select
    organization,
    day,
    complete,
    coalesce(sum(count) filter (fails and severity = 'critical'), 0)::bigint as critical,
    coalesce(sum(count) filter (fails and severity = 'warning'), 0)::bigint as warning,
    coalesce(sum(count) filter (fails and severity = 'info'), 0)::bigint as info
from newest left join results using (filename)
group by all
order by critical desc, warning desc, info desc, organization;

-- failures of each check, in the newest exports: what is wrong in many organizations
select "check", severity, count(distinct organization) as organizations, sum(count)::bigint as failures
from newest join results using (filename)
where fails
group by all
order by organizations desc, failures desc, "check", severity;

-- failures of each week and organization; the week goes by its Monday. Of several exports in a week the last counts
with weekly as (
    select *, date_trunc('week', day)::date as week
    from files
    qualify row_number() over (partition by organization, week order by day desc, filename desc) = 1
)
select week, organization, complete, coalesce(sum(count) filter (fails), 0)::bigint as failures
from weekly left join results using (filename)
group by all
order by week, organization;

-- how much of what was to be decided stayed undecided, in the newest exports
select
    organization,
    coalesce(sum(count) filter (verdict = 'unknown'), 0)::bigint as undecided,
    coalesce(sum(count) filter (verdict in ('pass', 'fail', 'unknown')), 0)::bigint as decidable,
    round(100.0 * undecided / nullif(decidable, 0), 1) as percent
from newest left join results using (filename)
group by all
order by percent desc nulls first, organization;

-- files that do not tell everything: the export was not read completely, or the file itself was cut. Their counts are too low
with counted as (
    select
        filename,
        count(*) filter (record = 'result') as seen,
        max(results) filter (record = 'summary') as written
    from lines
    group by filename
)
select
    filename,
    case when written is null or written <> seen then 'cut' else 'not read completely' end as what,
    problems[1] as why
from counted left join files using (filename)
where complete is distinct from true or written is distinct from seen
order by filename;
