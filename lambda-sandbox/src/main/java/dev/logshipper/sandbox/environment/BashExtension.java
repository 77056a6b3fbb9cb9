package dev.logshipper.sandbox.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes extensions in bash alone (`/dev/tcp` is their HTTP client), to run next to the extension
/// under test. That one must be in the same folder; a link will do.
///
/// ```java
/// Path _ = Files.createSymbolicLink(folder.resolve("mine"), layer.resolve("extensions/mine"));
/// Path _ = new BashExtension(folder).writeFlooding("neighbour", 10_000);
/// try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) { … }
/// ```
///
/// To occupy a port no extension is needed: ports are the machine's, and the test can bind it.
public final class BashExtension {

  /// `open` connects; `call METHOD PATH BODY HEADER...` sets `$status`, `$id` and `$body` from the
  /// response.
  private static final String PRELUDE =
      """
      #!/bin/bash
      name=${0##*/}
      id=
      # The C library writes the first output of a stream line by line; in pieces a request waits for Nagle's algorithm.
      echo >/dev/null
      open() { exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"; }
      call() {
        local method=$1 path=$2 payload=${3:+$3$'\\n'} request line length=0
        printf -v request '%s %s HTTP/1.1\\r\\nHost: x\\r\\nLambda-Extension-Name: %s\\r\\nLambda-Extension-Identifier: %s\\r\\nLambda-Extension-Function-Error-Type: Extension.Test\\r\\nContent-Length: %d\\r\\n\\r\\n%s' \\
          "$method" "$path" "$name" "$id" "${#payload}" "$payload"
        echo -n "$request" >&3
        read -r _ status _ <&3
        while read -r line <&3 && line=${line%$'\\r'} && [ -n "$line" ]; do
          case $line in
            Content-Length:*) length=${line#*: } ;;
            Lambda-Extension-Identifier:*) id=${line#*: } ;;
          esac
        done
        body=
        if [ "$length" -gt 0 ]; then read -r -N "$length" body <&3; fi
      }
      register() { call POST /2020-01-01/extension/register "{\\"events\\":[$1]}"; }
      next() { call GET /2020-01-01/extension/event/next ''; }
      subscribe() {
        call PUT /2022-07-01/telemetry "{\\"schemaVersion\\":\\"${2:-2022-12-13}\\",\\"types\\":[\\"platform\\",\\"function\\",\\"extension\\"],\\"buffering\\":{\\"maxItems\\":1000,\\"maxBytes\\":262144,\\"timeoutMs\\":25},\\"destination\\":{\\"protocol\\":\\"HTTP\\",\\"URI\\":\\"http://sandbox.localdomain:$1/logs\\"}}"
      }
      loop() {
        while next; do
          case $body in *SHUTDOWN*) echo "$body"; exit 0 ;; esac
        done
      }
      open
      """;

  private static final String REGISTER = "register '\"INVOKE\",\"SHUTDOWN\"'\n";

  private final Path folder;

  /// @param folder where to write the extensions
  public BashExtension(Path folder) {
    this.folder = folder;
  }

  /// Writes an extension and returns its folder. Its script can call `register EVENTS`, `next`,
  /// `subscribe PORT [SCHEMA]`, `call METHOD PATH BODY`, and `loop`, which requests events until
  /// SHUTDOWN. Responses are in `$status` and `$body`.
  public Path write(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), PRELUDE + script);
    Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  /// Writes an extension that does only the minimum.
  public Path writeQuiet(String name) throws IOException {
    return write(name, REGISTER + "loop\n");
  }

  /// Writes an extension that registers late, which delays the init of all others.
  public Path writeSlow(String name, long millis) throws IOException {
    return write(name, "sleep " + millis / 1e3 + "\n" + REGISTER + "loop\n");
  }

  /// Writes an extension that keeps this number of connections to the platform open, each with its
  /// own port.
  public Path writeConnected(String name, int connections) throws IOException {
    return write(
        name,
        "api=/dev/tcp/${AWS_LAMBDA_RUNTIME_API/://}\n"
            + ("for ((i = 0; i < " + connections + "; i++)); do exec {held}<>\"$api\"; done\n")
            + (REGISTER + "loop\n"));
  }

  /// Writes an extension that prints this number of lines at each invocation before its `/next`:
  /// `NAME line 1` and so on, counted across invocations.
  public Path writeFlooding(String name, int lines) throws IOException {
    return write(
        name,
        REGISTER
            + "while next; do\n"
            + "  case $body in *SHUTDOWN*) exit 0 ;; esac\n"
            + ("  for ((i = 0; i < " + lines + "; i++)); do echo \"$name line $((++n))\"; done\n")
            + "done\n");
  }

  /// Writes an extension that subscribes to the Telemetry API with a receiver in another process.
  public Path writeSubscribed(String name, int port) throws IOException {
    return write(name, REGISTER + "subscribe " + port + "\necho \"subscribed $status\"\nloop\n");
  }
}
