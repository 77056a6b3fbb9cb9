#!/usr/bin/env bash
# The same S3 PutObject is a plain body with a CRC32 header over http:// and an aws-chunked body with the CRC32 in a
# trailer over https://.
#
# Package: botocore 1.44.8 (PyPI), all settings at their defaults. Input: put_object of one small body at two endpoints.
# Expected: the transport does not change the encoding, so that a test against a local store over http:// shows whether
# the store understands the request.
# Actual: over https:// the request has "Content-Encoding: aws-chunked", "X-Amz-Trailer" and a body with chunk sizes.
# Stores that do not know it reject it, keep it as the object's encoding or store the chunk sizes as content; a test over
# http:// meets none of that. Nothing is sent: the request is read before it leaves.
# Exits with 1 if this changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q botocore==1.44.8
"$dir/venv/bin/python" - <<'PY'
import sys
import botocore, botocore.awsrequest, botocore.session

def request(scheme):
    seen = {}
    def before_send(request, **_):
        seen["headers"] = {k.lower(): v.decode() if isinstance(v, bytes) else v for k, v in request.headers.items()}
        body = request.body
        seen["body"] = body.read() if hasattr(body, "read") else bytes(body)
        return botocore.awsrequest.AWSResponse(request.url, 200, {}, None)
    class Raw:
        def stream(self, *a, **k): return iter(())
    session = botocore.session.get_session()
    client = session.create_client("s3", region_name="us-east-1", endpoint_url=f"{scheme}://store.example",
                                   aws_access_key_id="key", aws_secret_access_key="secret")
    def answered(request, **kw):
        response = before_send(request, **kw)
        response.raw = Raw()
        return response
    client.meta.events.register("before-send.s3.PutObject", answered)
    client.put_object(Bucket="bucket", Key="key", Body=b"hello\n")
    names = ("content-encoding", "x-amz-trailer", "x-amz-checksum-crc32", "x-amz-content-sha256", "content-length")
    print(f"{scheme}: " + ", ".join(f"{n}={seen['headers'][n]}" for n in names if n in seen["headers"]))
    print(f"  body: {seen['body']!r}")
    return seen

print("botocore", botocore.__version__)
plain, tls = request("http"), request("https")
same = (plain["body"] == b"hello\n" and "x-amz-checksum-crc32" in plain["headers"]
        and tls["headers"].get("content-encoding") == "aws-chunked"
        and tls["body"].startswith(b"6\r\nhello\n\r\n0\r\nx-amz-checksum-crc32:"))
print("as described" if same else "CHANGED")
sys.exit(0 if same else 1)
PY
