"""Reads a report as others would: JUnit by junitparser, metrics by prometheus-client, CSV and NDJSON by duckdb; and compares what
they count. Takes the path of the reports without the ending. Ends with an error if something cannot be read or differs."""

import json
import sys
from pathlib import Path

import duckdb
from junitparser import JUnitXml
from prometheus_client.parser import text_string_to_metric_families

report = sys.argv[1]


def sql(text):
    return duckdb.sql(text.replace("REPORT", report.replace("'", "''"))).fetchall()


def same(what, one, other):
    if one != other:
        sys.exit(f"{what}: {one} is not {other}")


lines = [json.loads(line) for line in Path(report + ".ndjson").read_text(encoding="utf-8").splitlines()]
same("the first and last line", [lines[0]["record"], lines[-1]["record"]], ["header", "summary"])
results = [line for line in lines if line["record"] == "result"]
incomplete = sum(not target["complete"] for target in lines[0]["targets"])
same("lines of results", lines[-1]["results"], len(results))
records = dict(sql("select record, count(*) from read_ndjson('REPORT.ndjson', maximum_object_size=100000000) group by 1"))
same("records by duckdb", records.get("result", 0), len(results))

rows = sql("select verdict, count(*) from read_csv('REPORT.csv', strict_mode=true, all_varchar=true, header=true, max_line_size=10000000) group by 1")
same("rows of CSV by duckdb", sum(count for _, count in rows), len(results) + incomplete)

suites = JUnitXml.fromfile(report + ".junit")
same("test cases", sum(suite.tests for suite in suites), len(results) + len(lines[0]["targets"]))
failing = [line for line in results if line["verdict"] == "fail" and "waiver" not in line]
same("failing test cases", sum(suite.failures for suite in suites), len(failing))

families = list(text_string_to_metric_families(Path(report + ".prometheus").read_text(encoding="utf-8")))
failures = sum(sample.value for family in families for sample in family.samples if sample.name == "exaudit_failures")
same("failures by prometheus-client", failures, sum(line["count"] for line in failing))
same("prefixes", {family.name.split("_")[0] for family in families}, {"exaudit"})

log = json.loads(Path(report + ".sarif").read_text(encoding="utf-8"))
found = [result for result in log["runs"][0]["results"] if result.get("baselineState") != "absent"]
same("results of SARIF", len(found), len(results))
