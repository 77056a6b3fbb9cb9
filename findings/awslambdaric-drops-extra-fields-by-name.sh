#!/usr/bin/env bash
# The JSON formatter of Lambda's Python runtime drops an extra field named like one of its own, without a word.
#
# Package: awslambdaric 4.2.2 (PyPI), its JSON formatter as the runtime installs it. Input: logging calls with extra=.
# Expected: the caller's value wins, or is renamed, or the call fails as logging itself does for extra={"message": …}.
# Actual: extra={"level": "gold", "requestId": "order-17", "order": 17} writes "order" only. "level" of a customer and
# "requestId" of an order vanish from the log; "stack_info=True" of the standard library likewise.
# Exits with 1 if this changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --prefer-binary awslambdaric==4.2.2
"$dir/venv/bin/python" - <<'PY'
import importlib.metadata, io, json, logging, sys
from awslambdaric.lambda_runtime_log_utils import JsonFormatter

out = io.StringIO()
handler = logging.StreamHandler(out)
handler.setFormatter(JsonFormatter())
class RequestId(logging.Filter):
    def filter(self, record):
        record.aws_request_id = "11111111-2222-3333-4444-555555555555"
        record.tenant_id = None
        return True
handler.addFilter(RequestId())
logger = logging.getLogger("shop")
logger.addHandler(handler)
logger.warning("paid", extra={"level": "gold", "requestId": "order-17", "order": 17}, stack_info=True)
line = out.getvalue()
record = json.loads(line)
print("awslambdaric", importlib.metadata.version("awslambdaric"))
print(line.strip())
same = (record["order"] == 17 and record["level"] == "WARNING" and "gold" not in line and "order-17" not in line
        and "Stack (most recent call last)" not in line)
print("as described" if same else "CHANGED")
sys.exit(0 if same else 1)
PY
