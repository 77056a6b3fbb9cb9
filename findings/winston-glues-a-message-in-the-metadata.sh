#!/usr/bin/env bash
# Winston appends the metadata's "message" to the log message, and lets metadata replace the time of the log entry.
#
# Package: winston 3.19.0 (npm), format.combine(timestamp(), json()), as its README shows. Input: logger.info with an
# object that happens to have "message" and "timestamp" (an event from a queue), and logger.error with an Error alone.
# Expected: as other libraries do: one of the two messages wins, or the object is nested; the time is the logger's; an
# Error has its message and stack in the line.
# Actual: info("stored", {message: "order 17", timestamp: "1999"}) is "message":"stored order 17","timestamp":"1999".
# error(new Error("card declined")) has neither message nor stack: {"level":"error","timestamp":…}.
# Exits with 1 if this changes. Needs Node.js with npm.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" winston@3.19.0 > npm.log
cat > main.cjs <<'JS'
const winston = require('winston');
const { combine, timestamp, json } = winston.format;
const lines = [];
const { Writable } = require('node:stream');
const stream = new Writable({ write(chunk, _, done) { lines.push(String(chunk).trim()); done(); } });
const logger = winston.createLogger({
  format: combine(timestamp(), json()), transports: [new winston.transports.Stream({ stream })],
});
logger.info('stored', { message: 'order 17', timestamp: '1999' });
logger.error(new Error('card declined'));
logger.on('finish', () => setImmediate(() => {
  console.log('winston', require('winston/package.json').version);
  lines.forEach((line) => console.log(line));
  const [first, second] = lines.map((line) => JSON.parse(line));
  const same = first.message === 'stored order 17' && first.timestamp === '1999'
    && Object.keys(second).sort().join() === 'level,timestamp';
  console.log(same ? 'as described' : 'CHANGED');
  process.exit(same ? 0 : 1);
}));
logger.end();
JS
node main.cjs
