#!/usr/bin/env bash
# urllib3 by default sends a PUT again after 503, 429 or 413, but only if the response carries Retry-After.
#
# Package: urllib3 2.6.3 (PyPI), a PoolManager without any retry setting. Input: PUT of a small body; the server
# answers with the status, then 200.
# Expected: either statuses are never retried by default (status_forcelist is empty), or 503 is retried always and 413,
# "the body is too large", never: sending the same bytes again cannot help.
# Actual: with Retry-After the client waits and sends the whole body again, 413 included; without it the first response
# is returned. POST is never repeated.
# Exits with 1 if this changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q urllib3==2.6.3
"$dir/venv/bin/python" - <<'PY'
import http.server, sys, threading
import urllib3

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def handle_any(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        _, status, header, key = self.path.split("/")
        seen[key] = seen.get(key, 0) + 1
        self.send_response(int(status) if seen[key] == 1 else 200)
        if header == "retry-after" and seen[key] == 1:
            self.send_header("Retry-After", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()
    do_PUT = do_POST = handle_any
    def log_message(self, *args): pass

seen = {}
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
pool = urllib3.PoolManager()

def requests(method, status, header):
    key = f"{method}{status}{header}"
    url = f"http://127.0.0.1:{server.server_port}/{status}/{header}/{key}"
    final = pool.request(method, url, body=b"{}").status
    print(f"{method} answered {status} ({header}): {seen[key]} request(s), final status {final}")
    return seen[key]

print("urllib3", urllib3.__version__)
same = True
for status in (503, 429, 413):
    same &= requests("PUT", status, "retry-after") == 2
    same &= requests("PUT", status, "plain") == 1
    same &= requests("POST", status, "retry-after") == 1
print("as described" if same else "CHANGED")
sys.exit(0 if same else 1)
PY
