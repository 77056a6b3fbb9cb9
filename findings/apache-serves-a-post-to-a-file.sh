#!/usr/bin/env bash
# Apache httpd answers a POST to a static file with 200 and the file.
#
# Package: apache2-bin 2.4.71-1~deb12u1 (Debian 12), unpacked, with the three modules that a static site needs. Input: GET,
# POST and PUT of a file that exists.
# Expected: 405 with Allow for both POST and PUT, as nginx and Caddy answer: nothing there takes a body.
# Actual: PUT is 405. POST is 200 with the file's content; the body is read and thrown away. A sender of logs whose path
# is wrong by a letter (or whose route a deployment forgot) sees each batch delivered.
# Exits with 1 if this changes. Needs apt-get of a Debian 12, amd64; installs nothing and starts no service.
set -euo pipefail
dir=$(mktemp -d)
trap 'kill "${pid:-}" 2> /dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
chmod 755 "$dir"
apt-get download -q apache2-bin=2.4.71-1~deb12u1 libapr1=1.7.2-3+deb12u1 libaprutil1=1.6.3-1+deb12u1 > apt.log 2>&1 ||
  { cat apt.log; exit 2; }
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$dir/root/usr/lib/$(uname -m)-linux-gnu
mkdir site
echo 'static file' > site/run.txt
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
modules=$dir/root/usr/lib/apache2/modules
cat > httpd.conf <<CONF
ServerRoot $dir
ServerName localhost
Listen 127.0.0.1:$port
PidFile $dir/httpd.pid
ErrorLog $dir/error.log
DefaultRuntimeDir $dir
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule mime_module $modules/mod_mime.so
TypesConfig /dev/null
User nobody
Group nogroup
DocumentRoot $dir/site
<Directory $dir/site>
  Require all granted
</Directory>
CONF
root/usr/sbin/apache2 -f "$dir/httpd.conf" -D FOREGROUND > out.log 2>&1 &
pid=$!
for _ in {1..50}; do curl -s -o /dev/null "http://127.0.0.1:$port/" && break; sleep 0.1; done
root/usr/sbin/apache2 -v | head -1
ask() { curl -s -o body -w '%{http_code}' "$@" "http://127.0.0.1:$port/run.txt"; }
get=$(ask)
put=$(ask -X PUT --data-binary '{"a":1}')
post=$(ask --data-binary '{"a":1}')
echo "GET $get, PUT $put, POST $post: $(cat body)"
[[ "$get $put $post" == "200 405 200" && $(cat body) == 'static file' ]] || { echo "CHANGED"; exit 1; }
echo "as described"
