package dev.logshipper.sink.s3;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A real S3 server, s3proxy, storing in memory. It checks signatures and supports no session
/// tokens.
final class S3Server implements AutoCloseable {
  private static final long MILLIS_MAX = 60_000;

  private final int port;
  private final Process process;
  private final AwsAccess access;

  /// @param folder for its files
  S3Server(Path folder) throws IOException, InterruptedException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path properties =
        Files.writeString(
            folder.resolve("s3proxy.properties"),
            """
            s3proxy.endpoint=http://127.0.0.1:%d
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=AKIAHUSH
            s3proxy.credential=hush
            jclouds.provider=transient-nio2
            jclouds.identity=none
            jclouds.credential=none
            """
                .formatted(port));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                Path.of("target", "server", "s3proxy-jar-with-dependencies.jar").toString(),
                "--properties",
                properties.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    access =
        AwsAccess.of(
            "s3",
            "eu-west-1",
            S3Settings.ENDPOINT,
            S3Settings.IDENTITY,
            S3Settings.PROXY,
            S3Fixture.context(environment(), new CapturedOutput()));
    awaitPort();
  }

  /// The variables of a sink for this server.
  Map<String, String> environment() {
    return Map.of(
        "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "logs",
        "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port,
        "AWS_ACCESS_KEY_ID", "AKIAHUSH",
        "AWS_SECRET_ACCESS_KEY", "hush",
        "AWS_SESSION_TOKEN", "");
  }

  /// The keys of all objects of the bucket.
  List<String> keys() {
    try (S3Client client = client()) {
      return client.listObjectsV2(list -> list.bucket("logs")).contents().stream()
          .map(S3Object::key)
          .toList();
    }
  }

  /// One object.
  ResponseBytes<GetObjectResponse> read(String key) {
    try (S3Client client = client()) {
      return client.getObjectAsBytes(get -> get.bucket("logs").key(key));
    }
  }

  private S3Client client() {
    return access.prepare(S3Client.builder()).forcePathStyle(true).build();
  }

  @Override
  public void close() {
    access.close();
    process.destroy();
  }

  private void awaitPort() throws InterruptedException {
    long end = System.currentTimeMillis() + MILLIS_MAX;
    while (!isListening()) {
      if (System.currentTimeMillis() > end || process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("s3proxy does not start");
      }
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
