#!/usr/bin/env bash
# express.json() takes NDJSON of one line and rejects it from the second line on; under NDJSON's own type it hands the
# handler nothing, without an error.
#
# Package: express 5.3.0 (npm), app.use(express.json()) and a handler that stores req.body and sends 204. Input: one and
# two JSON objects, each ended by a line feed, as application/json and as application/x-ndjson.
# Expected: the first batch shows whether the route works; a type that no parser takes is 415, as in Fastify.
# Actual: one line as application/json: 204 and stored. Two: 400. As application/x-ndjson: 204 and req.body is undefined,
# so a sender sees success and nothing is stored. (An empty body as application/json is 204 and {}.)
# Exits with 1 if this changes. Needs Node.js with npm.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" express@5.3.0 > npm.log
cat > main.cjs <<'JS'
const express = require('express');
const app = express();
const stored = [];
app.use(express.json());
app.post('/', (request, response) => { stored.push(request.body); response.sendStatus(204); });
app.use((error, request, response, next) => response.sendStatus(error.status));
const server = app.listen(0, '127.0.0.1', async () => {
  console.log('express', require('express/package.json').version);
  let same = true;
  const post = async (type, body, status, expected) => {
    stored.length = 0;
    const response = await fetch(`http://127.0.0.1:${server.address().port}/`,
      { method: 'POST', headers: { 'Content-Type': type }, body });
    const seen = stored.length ? JSON.stringify(stored[0]) ?? 'undefined' : 'handler not called';
    console.log(`${type}, ${JSON.stringify(body)}: ${response.status}, req.body: ${seen}`);
    same &&= response.status === status && seen === expected;
  };
  await post('application/json', '{"a":1}\n', 204, '{"a":1}');
  await post('application/json', '{"a":1}\n{"a":2}\n', 400, 'handler not called');
  await post('application/x-ndjson', '{"a":1}\n', 204, 'undefined');
  await post('application/json', '', 204, '{}');
  console.log(same ? 'as described' : 'CHANGED');
  process.exit(same ? 0 : 1);
});
JS
node main.cjs
