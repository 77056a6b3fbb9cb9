#!/usr/bin/env bash
# A file stream that AWS's JavaScript SDK puts into s3rver is stored with the transfer's chunk sizes and checksum in it.
#
# Package: s3rver 3.7.1 and @aws-sdk/client-s3 3.1175.0 (npm), both with defaults. Input: PutObject of the same six bytes,
# once as a string and once as a stream of a file with ContentLength: 6; then GetObject.
# Expected: six bytes both times, or an error: SDK and store are made for each other.
# Actual: the string is stored whole. The stream goes as aws-chunked with a CRC32 in a trailer, is answered 200, and comes
# back as 47 bytes, "6\r\nhello\n\r\n0\r\nx-amz-checksum-crc32:…": what a test reads back is not what was written.
# Exits with 1 if this changes. Needs Node.js 20 with npm.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" s3rver@3.7.1 \
  @aws-sdk/client-s3@3.1175.0 > npm.log
cat > main.cjs <<'JS'
const fs = require('node:fs');
const path = require('node:path');
const S3rver = require('s3rver');
const { S3Client, PutObjectCommand, GetObjectCommand } = require('@aws-sdk/client-s3');
(async () => {
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: path.join(__dirname, 'store'),
    configureBuckets: [{ name: 'logs' }] });
  const { port } = await server.run();
  const client = new S3Client({ region: 'us-east-1', endpoint: `http://127.0.0.1:${port}`, forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } });
  fs.writeFileSync(path.join(__dirname, 'hello.txt'), 'hello\n');
  const stored = async (Key, Body) => {
    await client.send(new PutObjectCommand({ Bucket: 'logs', Key, Body, ContentLength: 6 }));
    const response = await client.send(new GetObjectCommand({ Bucket: 'logs', Key }));
    const text = await response.Body.transformToString();
    console.log(`${Key}: ${JSON.stringify(text)}, ${response.ContentLength} bytes, encoding ${response.ContentEncoding}`);
    return text;
  };
  console.log('s3rver', require('s3rver/package.json').version,
    'client-s3', require('@aws-sdk/client-s3/package.json').version);
  const same = await stored('string', 'hello\n') === 'hello\n'
    && (await stored('stream', fs.createReadStream(path.join(__dirname, 'hello.txt'))))
      .startsWith('6\r\nhello\n\r\n0\r\nx-amz-checksum-crc32:');
  console.log(same ? 'as described' : 'CHANGED');
  process.exit(same ? 0 : 1);
})();
JS
NODE_NO_WARNINGS=1 node main.cjs
