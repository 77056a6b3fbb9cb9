package dev.logshipper.sandbox.environment;

import java.util.List;

/// Functions in bash: programs that speak the Runtime API.
final class BashRuntime {

  private static final String SCRIPT =
      """
      exec 8<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"
      headers() {
        while read -r line <&8 && line=${line%$'\\r'} && [ -n "$line" ]; do
          case $line in
            Content-Length:*) length=${line#*: } ;;
            Lambda-Runtime-Aws-Request-Id:*) id=${line#*: } ;;
            Lambda-Runtime-Aws-Tenant-Id:*) tenant=${line#*: } ;;
          esac
        done
      }
      # frame LAST-BYTE-OF-TYPE MICROSECONDS-IN-HEX MESSAGE
      frame() {
        printf '\\xa5\\x5a\\x00'"\\x$1" >&3
        printf "$(printf '%08x' "${#3}" | sed 's/../\\\\x&/g')" >&3
        printf "$(printf %s "$2" | sed 's/../\\\\x&/g')" >&3
        printf %s "$3" >&3
      }
      handle() {
        :
      HANDLER
      }
      while printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\n\\r\\n' >&8; do
        headers
        read -r -N "$length" payload <&8
        handle
        printf 'POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\\r\\nContent-Length: 4\\r\\n\\r\\n"ok"' "$id" >&8
        headers
        read -r -N "$length" body <&8
      done
      """;

  private BashRuntime() {}

  /// @param handler commands; they see `$payload`, `$id`, `$tenant`, and `frame`
  static List<String> command(String handler) {
    return List.of("/bin/bash", "-c", SCRIPT.replace("HANDLER", handler));
  }
}
