#!/usr/bin/env bash
# botocore 1.44 ignores Retry-After and obeys x-amz-retry-after, in milliseconds, up to some five seconds.
#
# Package: botocore 1.44.8 (PyPI), a Firehose client with defaults. Input: PutRecordBatch, answered 503 once and then 200,
# without a wish for a wait, with "Retry-After: 3", with "x-amz-retry-after: 2000", and with "x-amz-retry-after: 20000".
# Expected: the standard field in seconds is obeyed; an amz field, if there is one, is in seconds as well; 20000 is
# either waited out or not at all.
# Actual: the second request comes after less than a second, less than a second, 2 s, and 5 s. A proxy that sheds load
# with Retry-After alone is asked again at once.
# Exits with 1 if this changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q botocore==1.44.8
"$dir/venv/bin/python" - <<'PY'
import http.server, json, sys, threading, time
import botocore, botocore.session

times, asked = [], []
class Firehose(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        times.append(time.monotonic())
        first = len(times) == 1
        self.send_response(503 if first else 200)
        for name, value in asked if first else []:
            self.send_header(name, value)
        body = {"__type": "ServiceUnavailableException", "message": "busy"} if first else {
            "FailedPutCount": 0, "RequestResponses": [{"RecordId": "1"}]}
        data = json.dumps(body).encode()
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
    def log_message(self, *args): pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Firehose)
threading.Thread(target=server.serve_forever, daemon=True).start()
session = botocore.session.Session()
client = session.create_client("firehose", region_name="us-east-1", aws_access_key_id="key",
                               aws_secret_access_key="secret",
                               endpoint_url=f"http://127.0.0.1:{server.server_port}")

def waits(*headers):
    times.clear()
    asked[:] = headers
    client.put_record_batch(DeliveryStreamName="logs", Records=[{"Data": b"x"}])
    wait = times[1] - times[0]
    print(f"503 with {dict(headers) or 'neither field'}: next request after {wait:.2f} s")
    return wait

print("botocore", botocore.__version__)
same = (waits() < 1 and waits(("Retry-After", "3")) < 1 and 1.9 < waits(("x-amz-retry-after", "2000")) < 3
        and 4.9 < waits(("x-amz-retry-after", "20000")) < 6.5)
print("as described" if same else "CHANGED")
sys.exit(0 if same else 1)
PY
