package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import dev.logshipper.testkit.ForwardingProxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Destinations behind a proxy.
@ExtendWith(SandboxExtension.class)
class ProxyIT {
  private static final int INVOCATIONS = 3;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"http", "loki", "kinesis", "s3"})
  void destinationWithTlsIsReachedByATunnel(String mode) throws Exception {
    BundledSink sink = BundledSink.named(mode);
    try (Destination destination = sink.tls().get();
        ForwardingProxy proxy = new ForwardingProxy(port(destination))) {
      Path ca = Files.writeString(folder.resolve("ca.pem"), destination.certificatePem());
      assertDelivered(
          through(proxy, sink, destination).environment(caVariable(mode), ca.toString()),
          destination);

      assertThat(proxy.heads())
          .isNotEmpty()
          .allMatch(head -> head.startsWith("CONNECT 127.0.0.1:" + port(destination) + " "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "loki", "kinesis", "s3"})
  void plainRequestsAreForwarded(String mode) throws Exception {
    BundledSink sink = BundledSink.named(mode);
    try (Destination destination = sink.plain().get();
        ForwardingProxy proxy = new ForwardingProxy(port(destination))) {
      assertDelivered(through(proxy, sink, destination), destination);

      assertThat(proxy.heads())
          .isNotEmpty()
          .allMatch(head -> head.contains(" " + destination.url()))
          .allMatch(head -> head.contains("Proxy-Authorization: Basic bWU6czNjcmV0\r\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "loki", "kinesis", "s3"})
  void unknownUserIsReportedWithoutItsPassword(String mode) throws Exception {
    BundledSink sink = BundledSink.named(mode);
    try (Destination destination = sink.plain().get();
        ForwardingProxy proxy = new ForwardingProxy(port(destination))) {
      proxy.reject(407);
      try (Sandbox sandbox = through(proxy, sink, destination).start()) {
        List<String> _ = ShippedLayer.invoke(sandbox, INVOCATIONS);
        sandbox.shutdown("spindown");

        assertThat(sandbox.extensionOutput())
            .filteredOn(line ->
                line.contains(
                    "the proxy "
                        + proxy.url()
                        + " ("
                        + variable(mode)
                        + ") returned 407: check the user and password in its URL"))
            .hasSize(1);
        assertThat(sandbox.extensionOutput()).noneMatch(line -> line.contains("s3cret"));
      }
    }
  }

  private static void assertDelivered(SandboxBuilder builder, Destination destination)
      throws InterruptedException {
    try (Sandbox sandbox = builder.start()) {
      List<String> expected = ShippedLayer.invoke(sandbox, INVOCATIONS);
      sandbox.shutdown("spindown");

      for (String line : expected) {
        assertThat(destination.lines()).filteredOn(stored -> stored.contains(line)).hasSize(1);
      }
      assertThat(sandbox.extensionOutput()).noneMatch(line -> line.contains("s3cret"));
    }
  }

  private static SandboxBuilder through(
      ForwardingProxy proxy, BundledSink sink, Destination destination) {
    return ShippedLayer.shippingTo(sink, destination)
        .environment(variable(sink.mode()), proxy.url().replace("//", "//me:s3cret@"))
        .function(invocation -> invocation.log(invocation.requestId() + " was here"));
  }

  private static String variable(String mode) {
    return "PUSHER_" + mode.toUpperCase(Locale.ROOT) + "_PROXY";
  }

  private static String caVariable(String mode) {
    return switch (mode) {
      case "http" -> "PUSHER_HTTP_CA_FILE";
      case "loki" -> "PUSHER_LOKI_CA_FILE";
      default -> "AWS_CA_BUNDLE";
    };
  }

  private static int port(Destination destination) {
    return URI.create(destination.url()).getPort();
  }
}
