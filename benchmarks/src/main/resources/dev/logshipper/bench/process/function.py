# A function with a minimal runtime client: fetches invocations and responds.
import http.client
import json
import os

platform = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])


def call(method, path, body=None):
    platform.request(method, path, body)
    response = platform.getresponse()
    return response.headers.get("Lambda-Runtime-Aws-Request-Id"), response.read()


def handler(event):
    return {"ok": True, "event": event}


while True:
    request_id, event = call("GET", "/2018-06-01/runtime/invocation/next")
    body = json.dumps(handler(json.loads(event)))
    call("POST", f"/2018-06-01/runtime/invocation/{request_id}/response", body)
