"""Counts in JSON reports what docs/examples/estates/queries.sql asks for, without DuckDB, and compares. Takes the answers of DuckDB, as JSON,
and the folder of the reports. Ends with an error if something differs."""

import datetime
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

text = Path(sys.argv[1]).read_text(encoding="utf-8")
answers, place = [], 0
while place < len(text):
    answer, place = json.JSONDecoder().raw_decode(text, place)
    answers.append(answer)
    place += len(text[place:]) - len(text[place:].lstrip())
organizations, checks, weeks, undecided, incomplete = answers


def same(what, one, other):
    if one != other:
        sys.exit(f"{what}:\n{one}\nis not\n{other}")


reports = []
for path in sorted(Path(sys.argv[2]).glob("*.json")):
    report = json.loads(path.read_text(encoding="utf-8"))
    dated = re.search(r"\d{4}-\d{2}-\d{2}", path.name)
    day = datetime.date.fromisoformat(dated.group() if dated else report["started"][:10])
    reports.append((day, report["targets"][0]["organization"], report))
same("reports", len(reports), 12)
same("accepted failures are tried", any("waiver" in result for *_, report in reports for result in report["results"]), True)

newest = {}
for day, organization, report in sorted(reports, key=lambda one: one[0]):
    newest[organization] = (day, report)
same("organizations", sorted(newest), ["Everything", "Example", "Healthy"])


def failing(report):
    return [result for result in report["results"] if result["verdict"] == "fail" and "waiver" not in result]


expected = {}
for organization, (day, report) in newest.items():
    counts = Counter()
    for result in failing(report):
        counts[result["severity"]] += result["count"]
    row = {"organization": organization, "day": str(day), "complete": report["complete"]}
    expected[organization] = row | {severity: counts[severity] for severity in ("critical", "warning", "info")}
same("failures of each organization", {row["organization"]: row for row in organizations}, expected)
same("rows of organizations", len(organizations), 3)

counts, where = Counter(), defaultdict(set)
for organization, (_, report) in newest.items():
    for result in failing(report):
        key = (result["check"], result["severity"])
        counts[key] += result["count"]
        where[key].add(organization)
expected = {key: (len(where[key]), count) for key, count in counts.items()}
same("failures of each check", {(row["check"], row["severity"]): (row["organizations"], row["failures"]) for row in checks}, expected)
same("rows of checks", len(checks), len(expected))

expected = {}
for day, organization, report in reports:
    monday = day - datetime.timedelta(days=day.weekday())
    expected[str(monday), organization] = (report["complete"], sum(result["count"] for result in failing(report)))
# what was cut on its way stands in a week of its own, with what is left
rows = {(row["week"], row["organization"]): (row["complete"], row["failures"]) for row in weeks}
same("what was cut on its way", rows.pop(("2020-01-06", "Healthy"), (None,))[0], True)
same("failures of each week", rows, expected)
same("rows of weeks", len(weeks), len(expected) + 1)
of_example = [expected[week, "Example"][1] for week in ("2026-11-09", "2026-11-16")]
same("what was mended in the third week is seen", of_example[1] < of_example[0], True)

expected = {}
for organization, (_, report) in newest.items():
    verdicts = Counter()
    for result in report["results"]:
        verdicts[result["verdict"]] += result["count"]
    same("counts of the summary", verdicts["unknown"], report["summary"]["unknown"])
    decidable = verdicts["pass"] + verdicts["fail"] + verdicts["unknown"]
    expected[organization] = (verdicts["unknown"], decidable, round(100 * verdicts["unknown"] / decidable, 1))
rows = {row["organization"]: (row["undecided"], row["decidable"], row["percent"]) for row in undecided}
same("what is undecided", rows, expected)

rows = [(row["filename"], row["what"], bool(row["why"])) for row in incomplete]
expected = [
    ("results/its everything/2026-11-16.ldif.ndjson", "not read completely", True),
    ("results/its healthy/2020-01-06.ldif.ndjson", "cut", False),
]
same("what is incomplete", rows, expected)
same("reports that are not complete", sum(not report["complete"] for *_, report in reports), 1)
same("failures that stand together are tried", any(result["count"] > 1 for *_, report in reports for result in failing(report)), True)
