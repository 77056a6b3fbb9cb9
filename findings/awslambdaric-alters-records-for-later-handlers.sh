#!/usr/bin/env bash
# A handler for a level of one's own (NOTICE = 25) gets nothing once Lambda's JSON formatter has seen the record.
#
# Package: awslambdaric 4.2.2 (PyPI). Input: logger.log(25, …) with two handlers: the runtime's, with its JSON
# formatter, and the function's own at level 25, added after it (as it is in a function: the runtime installs its own
# before the code is loaded).
# Expected: a formatter renders a record and does not change it; the second handler gets the record as NOTICE.
# Actual: the formatter rounds record.levelno down to a multiple of ten and renames the level, in the record itself. The
# second handler's level check runs later and finds INFO (20): the record never reaches it. Added first, it gets NOTICE.
# Exits with 1 if this changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --prefer-binary awslambdaric==4.2.2
"$dir/venv/bin/python" - <<'PY'
import importlib.metadata, io, json, logging, sys
from awslambdaric.lambda_runtime_log_utils import JsonFormatter

logging.addLevelName(25, "NOTICE")

def levels_seen(own_first):
    lambda_out, own_out = io.StringIO(), io.StringIO()
    of_lambda = logging.StreamHandler(lambda_out)
    of_lambda.setFormatter(JsonFormatter())
    own = logging.StreamHandler(own_out)
    own.setLevel(25)
    own.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger(f"shop.{own_first}")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    for handler in (own, of_lambda) if own_first else (of_lambda, own):
        logger.addHandler(handler)
    logger.log(25, "paid")
    level = json.loads(lambda_out.getvalue())["level"]
    print(f"own handler {'before' if own_first else 'after'} the runtime's: JSON level {level}, own handler wrote {own_out.getvalue()!r}")
    return level, own_out.getvalue()

print("awslambdaric", importlib.metadata.version("awslambdaric"))
same = levels_seen(False) == ("INFO", "") and levels_seen(True) == ("INFO", "NOTICE paid\n")
print("as described" if same else "CHANGED")
sys.exit(0 if same else 1)
PY
