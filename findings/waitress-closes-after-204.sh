#!/usr/bin/env bash
# Waitress closes a kept-alive connection after a 204, and keeps it after an empty 200.
#
# Package: waitress 3.0.2 (PyPI). Input: two WSGI responses without a body on HTTP/1.1, "200 OK" with
# Content-Length: 0, and "204 No Content".
# Expected: both leave the connection open; a 204 has no body by definition, so its end is known.
# Actual: the 204 carries "Connection: close" and the server ends the connection, so a client that sends batches to a
# collector answering 204 opens a connection (and a TLS session in the proxy in front) for every batch.
# Exits with 1 if this changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q waitress==3.0.2
"$dir/venv/bin/python" - <<'PY'
import importlib.metadata, socket, sys, threading
import waitress

STATUS = {"/200": "200 OK", "/204": "204 No Content"}

def app(environ, start):
    environ["wsgi.input"].read()
    status = STATUS[environ["PATH_INFO"]]
    start(status, [("Content-Length", "0")] if status.startswith("200") else [])
    return []

server = waitress.create_server(app, host="127.0.0.1", port=0)
threading.Thread(target=server.run, daemon=True).start()

def closes(path):
    with socket.create_connection(("127.0.0.1", server.effective_port), timeout=5) as s:
        request = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}".encode()
        s.sendall(request)
        head = b""
        while b"\r\n\r\n" not in head:
            head += s.recv(4096)
        fields = [l for l in head.decode().split("\r\n") if l.lower().startswith("connection")]
        s.settimeout(1)
        try:
            end = s.recv(1) == b""
        except socket.timeout:
            end = False
        print(f"{path}: {head.decode().splitlines()[0]}, {fields or 'no Connection field'}, closed: {end}")
        return end

print("waitress", importlib.metadata.version("waitress"))
same = not closes("/200") and closes("/204")
print("as described" if same else "CHANGED: expected /200 kept and /204 closed")
sys.exit(0 if same else 1)
PY
