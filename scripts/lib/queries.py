"""queries.py <document>: runs the SQL of docs/sinks/s3.md on objects as the sink writes them.

Athena's table and queries are parsed as Athena's; the queries are translated for DuckDB and run there.
"""

import gzip
import json
import pathlib
import re
import sys
import tempfile

import duckdb
import sqlglot

RECORDS = [
    ("function", "plain text with ERROR in it\n"),
    ("function", {"level": "ERROR", "message": "a JSON line", "order": "7"}),
    ("function", "an ordinary line\n"),
    ("platform.report", {"requestId": "1", "metrics": {"durationMs": 12.5, "maxMemoryUsedMB": 96}}),
]

document = pathlib.Path(sys.argv[1]).read_text()
statements = [s for block in re.findall(r"```sql\n(.*?)```", document, re.S) for s in block.split(";") if s.strip()]
bucket = pathlib.Path(tempfile.mkdtemp()) / "example-logs"
folder = bucket / "logs/orders/2026/11/28/08"
folder.mkdir(parents=True)
with gzip.open(folder / "1795852800000-1.log.gz", "wt") as lines:
    for number, (kind, record) in enumerate(RECORDS):
        time = f"2026-11-28T08:00:00.{number:03d}Z"
        lines.write(json.dumps({"time": time, "type": kind, "record": record}) + "\n")

# Athena's column holds the text of a line, or the JSON of an object.
database = duckdb.connect()
database.execute(
    f"""
    CREATE VIEW lambda_logs AS
    SELECT time, type, CASE json_type(record) WHEN 'VARCHAR' THEN record ->> '$' ELSE record::VARCHAR END AS record,
      'orders' AS fn, '2026/11/28/08' AS datehour
    FROM read_json('{bucket}/logs/orders/2026/11/28/*/*.gz', format = 'newline_delimited',
      columns = {{time: 'VARCHAR', type: 'VARCHAR', record: 'JSON'}})
    """
)
for statement in statements:
    statement = statement.replace("s3://example-logs", str(bucket))
    if "read_json" not in statement:
        parsed = sqlglot.parse_one(statement, read="athena")
        if not isinstance(parsed, sqlglot.exp.Select):
            continue
        statement = parsed.sql(dialect="duckdb")
    rows = database.execute(statement).fetchall()
    print(statement.strip(), "->", rows)
    if not rows:
        sys.exit("no rows: " + statement)
