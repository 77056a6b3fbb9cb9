package dev.logshipper.bundle.demo;

import java.nio.file.Path;
import java.util.List;

/// `examples/hello-function` as a process: AWS's runtime client with the handler, on the JDK that
/// runs this program. Stateless.
public final class HelloFunction {
  private HelloFunction() {}

  /// The command that starts it.
  ///
  /// @param folder that its build writes
  public static List<String> command(Path folder) {
    Path function = folder.toAbsolutePath();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        // Without it the client logs to stdout instead of the telemetry descriptor.
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        function.resolve("*") + ":" + function.resolve("lib/*"),
        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
        "dev.logshipper.examples.hello.Hello::handleRequest");
  }
}
