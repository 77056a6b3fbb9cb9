package dev.logshipper.sandbox.destination.realservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.s3.S3Object;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server with Firehose's API: moto ([Program#MOTO]) or LocalStack ([Program#LOCALSTACK]). It
/// delivers each request as an object to its own S3, at once.
///
/// Both check the stream's existence and the protocol, and **neither signatures nor limits**: those
/// are `FirehoseDestination`'s. Times of objects are whole seconds, so the order of two requests is
/// unknown, only that of the lines in one.
public final class RealFirehose extends RealDestination {
  private static final AwsCredentials ANY = new AwsCredentials("sandbox", "sandbox-secret");
  private static final String BUCKET_OF = "delivered-";

  private final S3Reader reader;
  private final List<String> buckets = new CopyOnWriteArrayList<>();

  private RealFirehose(ServerProcess process, S3Reader reader) {
    super(process);
    this.reader = reader;
  }

  /// Starts moto and waits until it accepts a request.
  ///
  /// @throws IllegalStateException when it is not installed or does not start
  public static RealFirehose moto() {
    Path program = Program.MOTO.path();
    int port = ServerProcess.freePort();
    return start(
        "moto",
        port,
        List.of(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)),
        Map.of("PYTHONUNBUFFERED", "1"));
  }

  /// Starts LocalStack and waits until it accepts a request. **It listens on all interfaces**,
  /// whatever address it is given.
  ///
  /// @throws IllegalStateException when it is not installed or does not start
  public static RealFirehose localStack() {
    Path program = Program.LOCALSTACK.path();
    int port = ServerProcess.freePort();
    return start(
        "localstack",
        port,
        List.of(program.toString()),
        Map.of(
            "PATH", "/usr/bin:/bin",
            "GATEWAY_LISTEN", "127.0.0.1:" + port,
            "SERVICES", "s3,firehose,sts",
            "DNS_ADDRESS", "0",
            "DISABLE_EVENTS", "1",
            "SKIP_SSL_CERT_DOWNLOAD", "1"));
  }

  private static RealFirehose start(
      String name, int port, List<String> command, Map<String, String> environment) {
    Path folder = ServerProcess.newFolder(name);
    S3Reader reader = new S3Reader(new AwsClient("http://127.0.0.1:" + port, ANY, "s3"));
    Map<String, String> withHome = new HashMap<>(environment);
    withHome.put("HOME", folder.toString());
    withHome.put("TMPDIR", folder.toString());
    return new RealFirehose(ServerProcess.start(command, withHome, folder, reader::serves), reader);
  }

  /// Region and keys for a writer, by the names of Lambda's variables.
  public Map<String, String> environment() {
    return Map.of(
        "AWS_REGION", AwsClient.REGION,
        "AWS_ACCESS_KEY_ID", ANY.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY", ANY.secretAccessKey());
  }

  /// Makes a delivery stream, and a bucket for it.
  ///
  /// @param stream fit for the end of a bucket's name
  public void createStream(String stream) {
    reader.createBucket(BUCKET_OF + stream);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("DeliveryStreamName", stream)
        .put("DeliveryStreamType", "DirectPut")
        .putObject("ExtendedS3DestinationConfiguration")
        .put("RoleARN", "arn:aws:iam::123456789012:role/delivery")
        .put("BucketARN", "arn:aws:s3:::" + BUCKET_OF + stream);
    HttpCalls.body(
        new AwsClient(url(), ANY, "firehose")
            .request(
                "POST",
                "/",
                body.toString().getBytes(UTF_8),
                Map.of(
                    "Content-Type", "application/x-amz-json-1.1",
                    "X-Amz-Target", "Firehose_20150804.CreateDeliveryStream")));
    buckets.add(BUCKET_OF + stream);
  }

  /// The content delivered by a stream, one object per request.
  public List<S3Object> objects(String stream) {
    return reader.objects(BUCKET_OF + stream);
  }

  @Override
  public String url() {
    return reader.client().url();
  }

  /// The lines of all objects of the streams made by [#createStream(String)].
  @Override
  public List<String> lines() {
    return reader.lines(buckets);
  }
}
