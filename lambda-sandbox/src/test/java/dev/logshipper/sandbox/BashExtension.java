package dev.logshipper.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes extensions in bash alone: `/dev/tcp` is their HTTP client.
final class BashExtension {

  /// `open` connects, `call METHOD PATH BODY HEADER...` leaves the reply in `$status`, `$id` and
  /// `$body`.
  private static final String PRELUDE =
      """
      #!/bin/bash
      name=${0##*/}
      id=
      open() { exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"; }
      call() {
        local method=$1 path=$2 payload=$3 line length=0
        printf '%s %s HTTP/1.1\\r\\nHost: x\\r\\nLambda-Extension-Name: %s\\r\\nLambda-Extension-Identifier: %s\\r\\nLambda-Extension-Function-Error-Type: Extension.Test\\r\\nContent-Length: %d\\r\\n\\r\\n%s' \\
          "$method" "$path" "$name" "$id" "${#payload}" "$payload" >&3
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

  private final Path folder;

  BashExtension(Path folder) {
    this.folder = folder;
  }

  /// Writes one and returns the folder it is in.
  Path write(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), PRELUDE + script);
    Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  /// One that does nothing but what it must.
  Path writeQuiet(String name) throws IOException {
    return write(name, "register '\"INVOKE\",\"SHUTDOWN\"'\nloop\n");
  }

  /// One that subscribes to the Telemetry API with a receiver outside of it.
  Path writeSubscribed(String name, int port) throws IOException {
    return write(
        name,
        "register '\"INVOKE\",\"SHUTDOWN\"'\nsubscribe "
            + port
            + "\necho \"subscribed $status\"\nloop\n");
  }
}
