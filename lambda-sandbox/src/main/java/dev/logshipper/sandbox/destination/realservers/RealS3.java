package dev.logshipper.sandbox.destination.realservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.s3.S3Object;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.w3c.dom.Document;

/// A real server with S3's API: MinIO ([Program#MINIO]), Versity's gateway ([Program#VERSITYGW]) or
/// s3proxy ([Program#S3PROXY]). All check signatures and checksums. Addresses are path-style.
///
/// Versity's is the most faithful of them: it rejects a wrong expected owner, and accepts storage
/// classes and encryption. MinIO alone supports session tokens.
public final class RealS3 extends RealDestination {
  /// MinIO requires secrets of at least 8 characters.
  private static final AwsCredentials ROOT = new AwsCredentials("sandbox-root", "sandbox-secret");

  /// No policy: a role with its owner's permissions.
  private static final String EVERYTHING = "";

  private final S3Reader reader;
  private final Map<String, String> environment;
  private final List<String> buckets = new CopyOnWriteArrayList<>();

  private RealS3(ServerProcess process, S3Reader reader, Map<String, String> environment) {
    super(process);
    this.reader = reader;
    this.environment = environment;
  }

  /// Starts MinIO and waits until it accepts a signed request; its health endpoint succeeds before
  /// it accepts buckets.
  ///
  /// @throws IllegalStateException when it is not installed or does not start
  public static RealS3 minio() {
    Path program = Program.MINIO.path();
    Path folder = ServerProcess.newFolder("minio");
    int port = ServerProcess.freePort();
    S3Reader reader = reader(port);
    ServerProcess process =
        ServerProcess.start(
            List.of(
                program.toString(),
                "server",
                folder.resolve("data").toString(),
                "--address=127.0.0.1:" + port,
                "--console-address=127.0.0.1:" + ServerProcess.freePort(),
                "--certs-dir=" + folder.resolve("certificates")),
            Map.of(
                "MINIO_ROOT_USER", ROOT.accessKeyId(),
                "MINIO_ROOT_PASSWORD", ROOT.secretAccessKey(),
                "MINIO_BROWSER", "off",
                "MINIO_UPDATE", "off",
                "HOME", folder.toString()),
            folder,
            () ->
                reader.serves()
                    && HttpCalls.tried(assumeRole(reader, EVERYTHING)).statusCode() == 200);
    return new RealS3(process, reader, temporary(reader, EVERYTHING));
  }

  /// Starts Versity's gateway over a folder and waits until it accepts a signed request.
  ///
  /// @throws IllegalStateException when it is not installed or does not start
  public static RealS3 versitygw() {
    Path program = Program.VERSITYGW.path();
    Path folder = ServerProcess.newFolder("versitygw");
    int port = ServerProcess.freePort();
    S3Reader reader = reader(port);
    ServerProcess process =
        ServerProcess.start(
            List.of(
                program.toString(),
                "--port",
                "127.0.0.1:" + port,
                "--region",
                AwsClient.REGION,
                "--quiet",
                "posix",
                folder.toString()),
            Map.of(
                "ROOT_ACCESS_KEY", ROOT.accessKeyId(),
                "ROOT_SECRET_KEY", ROOT.secretAccessKey()),
            folder,
            reader::serves);
    return new RealS3(process, reader, environment(ROOT, ""));
  }

  /// Starts s3proxy over a folder and waits until it accepts a signed request.
  ///
  /// @throws IllegalStateException when its jar is missing or it does not start
  public static RealS3 s3proxy() {
    Path jar = Program.S3PROXY.path();
    Path folder = ServerProcess.newFolder("s3proxy");
    int port = ServerProcess.freePort();
    Path file = folder.resolve("s3proxy.properties");
    try {
      Files.writeString(
          file, s3proxyProperties(port, Files.createDirectory(folder.resolve("data"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    S3Reader reader = reader(port);
    ServerProcess process =
        ServerProcess.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                jar.toString(),
                "--properties",
                file.toString()),
            Map.of(),
            folder,
            reader::serves);
    return new RealS3(process, reader, environment(ROOT, ""));
  }

  private static String s3proxyProperties(int port, Path data) {
    return """
    s3proxy.endpoint=http://127.0.0.1:%d
    s3proxy.authorization=aws-v2-or-v4
    s3proxy.identity=%s
    s3proxy.credential=%s
    jclouds.provider=filesystem-nio2
    jclouds.filesystem.basedir=%s
    jclouds.identity=none
    jclouds.credential=none
    """
        .formatted(port, ROOT.accessKeyId(), ROOT.secretAccessKey(), data);
  }

  private static S3Reader reader(int port) {
    return new S3Reader(new AwsClient("http://127.0.0.1:" + port, ROOT, "s3"));
  }

  private static HttpRequest.Builder assumeRole(S3Reader reader, String policy) {
    String form =
        "Action=AssumeRole&DurationSeconds=3600&Version=2011-06-15"
            + (policy.isEmpty() ? "" : "&Policy=" + URLEncoder.encode(policy, UTF_8));
    return new AwsClient(reader.client().url(), ROOT, "sts")
        .request(
            "POST",
            "/",
            form.getBytes(UTF_8),
            Map.of("Content-Type", "application/x-www-form-urlencoded"));
  }

  /// Keys as a function has them: good for an hour, with a session token.
  private static Map<String, String> temporary(S3Reader reader, String policy) {
    Document response = Xml.parse(HttpCalls.body(assumeRole(reader, policy)));
    return environment(
        new AwsCredentials(
            Xml.texts(response, "AccessKeyId").getFirst(),
            Xml.texts(response, "SecretAccessKey").getFirst()),
        Xml.texts(response, "SessionToken").getFirst());
  }

  private static Map<String, String> environment(AwsCredentials credentials, String token) {
    return Map.of(
        "AWS_REGION",
        AwsClient.REGION,
        "AWS_ACCESS_KEY_ID",
        credentials.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY",
        credentials.secretAccessKey(),
        "AWS_SESSION_TOKEN",
        token);
  }

  /// Region and keys for a writer, by the names of Lambda's variables. The session token is empty
  /// for a server without session tokens.
  public Map<String, String> environment() {
    return environment;
  }

  /// The same with temporary keys that are valid only for the actions of an IAM policy. MinIO only.
  ///
  /// @param policy as JSON
  /// @throws IllegalStateException when the server rejects the request
  public Map<String, String> environment(String policy) {
    return temporary(reader, policy);
  }

  /// Makes a bucket.
  public void createBucket(String bucket) {
    reader.createBucket(bucket);
    buckets.add(bucket);
  }

  /// All objects of a bucket, by the time of writing that the server reports, then by key.
  public List<S3Object> objects(String bucket) {
    return reader.objects(bucket);
  }

  @Override
  public String url() {
    return reader.client().url();
  }

  /// The lines of all objects of the buckets made by [#createBucket(String)], in their order.
  @Override
  public List<String> lines() {
    return reader.lines(buckets);
  }
}
