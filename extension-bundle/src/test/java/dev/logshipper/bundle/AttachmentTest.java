package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rendered templates under `examples`, one folder `expected` per way to attach the layer: all
/// ways give the same layers, variables and permissions. `scripts/validate` compares these files
/// with what the tools render.
class AttachmentTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAYER =
      "arn:aws:lambda:eu-west-1:123456789012:layer:log-shipper-x86_64:1";
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs-AbCdEf";
  private static final String READ_SECRET = "Allow secretsmanager:GetSecretValue " + SECRET;
  private static final String PUT_OBJECTS = "Allow s3:PutObject arn:aws:s3:::example-logs/*";

  /// An example that every way renders.
  ///
  /// @param parameters of the SAM template
  record Example(String name, Attachment attachment, Map<String, String> parameters) {
    static Example of(
        String name,
        Map<String, String> variables,
        List<String> permissions,
        Map<String, String> parameters) {
      Map<String, String> all = new TreeMap<>(parameters);
      all.put("LayerArn", LAYER);
      return new Example(
          name, new Attachment(List.of(LAYER), new TreeMap<>(variables), permissions), all);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Example> examples() {
    Map<String, String> s3 = Map.of("PUSHER_MODE", "s3", "PUSHER_S3_BUCKET", "example-logs");
    return List.of(
        Example.of(
            "http",
            Map.of(
                "PUSHER_MODE", "http",
                "PUSHER_HTTP_URL", "https://logs.example.com/ingest",
                "PUSHER_HTTP_BEARER_TOKEN", SECRET),
            List.of(READ_SECRET),
            Map.of(
                "Endpoint", "https://logs.example.com/ingest",
                "BearerToken", SECRET,
                "SecretArn", SECRET)),
        Example.of(
            "kinesis",
            Map.of("PUSHER_MODE", "kinesis", "PUSHER_KINESIS_STREAM", "example-logs"),
            List.of(
                "Allow firehose:PutRecordBatch"
                    + " arn:aws:firehose:eu-west-1:123456789012:deliverystream/example-logs"),
            Map.of("StreamName", "example-logs")),
        Example.of(
            "loki",
            Map.of(
                "PUSHER_MODE", "loki",
                "PUSHER_LOKI_URL", "https://logs.example.com",
                "PUSHER_LOKI_APPLICATION", "orders",
                "PUSHER_LOKI_ENVIRONMENT", "production",
                "PUSHER_LOKI_USERNAME", "123456",
                "PUSHER_LOKI_PASSWORD", SECRET),
            List.of(READ_SECRET),
            Map.of(
                "Endpoint", "https://logs.example.com",
                "Application", "orders",
                "EnvironmentName", "production",
                "Username", "123456",
                "Password", SECRET,
                "SecretArn", SECRET)),
        Example.of("s3", s3, List.of(PUT_OBJECTS), Map.of("BucketName", "example-logs")),
        Example.of(
            "s3-cloudwatch-off",
            s3,
            List.of(
                PUT_OBJECTS,
                "Deny logs:CreateLogGroup,logs:CreateLogStream,logs:PutLogEvents"
                    + " arn:aws:logs:*:*:*"),
            Map.of("BucketName", "example-logs", "CloudWatchLogs", "off")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void samTemplateAttachesTheLayer(Example example) throws IOException {
    String template = Objects.requireNonNull(example.attachment().variables().get("PUSHER_MODE"));

    assertThat(
            Attachment.of(
                new CloudFormation(rendered("templates", template), example.parameters())))
        .isEqualTo(example.attachment());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void cdkAndServerlessAttachTheLayerAsSamDoes(Example example) throws IOException {
    for (String way : List.of("cdk-java", "cdk-typescript", "serverless")) {
      assertThat(Attachment.of(new CloudFormation(rendered(way, example.name()), Map.of())))
          .as(way)
          .isEqualTo(example.attachment());
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void terraformAttachesTheLayerAsSamDoes(Example example) throws IOException {
    JsonNode outputs = rendered("terraform", "outputs").path(example.name()).path("value");

    assertThat(Attachment.ofOutputs(outputs, JSON.readTree(outputs.path("policy").asText())))
        .isEqualTo(example.attachment());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cdk-java", "cdk-typescript"})
  void cdkAttachesTheLayerForTheProcessorToEachFunction(String way) throws IOException {
    List<Attachment> functions =
        Attachment.ofEach(new CloudFormation(rendered(way, "every-function"), Map.of()));

    assertThat(functions)
        .extracting(Attachment::layers)
        .containsExactly(List.of(LAYER), List.of(LAYER.replace("x86_64", "arm64")));
    assertThat(functions)
        .extracting(Attachment::variables)
        .containsOnly(
            Map.of("PUSHER_MODE", "http", "PUSHER_HTTP_URL", "https://logs.example.com/ingest"));
  }

  /// `scripts/validate` compares the files that it renders, and so would miss one too many.
  @Test
  void eachRenderedTemplateBelongsToAnExample() throws IOException {
    List<String> names = examples().stream().map(Example::name).toList();

    for (String way : List.of("cdk-java", "cdk-typescript", "serverless")) {
      try (Stream<Path> files = Files.list(EXAMPLES.resolve(way + "/expected"))) {
        assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
            .as(way)
            .filteredOn(name -> !name.equals("every-function"))
            .containsExactlyInAnyOrderElementsOf(names);
      }
    }
  }

  private static JsonNode rendered(String way, String name) throws IOException {
    return JSON.readTree(EXAMPLES.resolve(way + "/expected/" + name + ".json").toFile());
  }
}
