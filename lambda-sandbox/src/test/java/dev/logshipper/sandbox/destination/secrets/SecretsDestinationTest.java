package dev.logshipper.sandbox.destination.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.aws.SignatureV4;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretsDestinationTest {
  private static final AwsCredentials KEY = new AwsCredentials("AKID", "secret");
  private static final String SECRET =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:logs-AbCdEf";
  private static final String PARAMETER = "arn:aws:ssm:us-east-1:123456789012:parameter/logs";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SecretsDestination secrets = SecretsDestination.start(KEY);

  @AfterEach
  void close() {
    client.shutdownNow();
    secrets.close();
  }

  @Test
  void returnsSecrets() throws Exception {
    secrets.put(SECRET, "hush");
    assertThat(secret(SECRET).path("SecretString").asText()).isEqualTo("hush");
    secrets.put(SECRET, "rotated");
    assertThat(secret(SECRET).path("SecretString").asText()).isEqualTo("rotated");
    secrets.putBinary(SECRET);
    assertThat(secret(SECRET).has("SecretString")).isFalse();
  }

  @Test
  void decryptsParametersWhenAsked() throws Exception {
    secrets.put(PARAMETER, "hush");
    assertThat(parameter(true).path("Parameter").path("Value").asText()).isEqualTo("hush");
    assertThat(parameter(false).path("Parameter").path("Value").asText()).isNotEqualTo("hush");
  }

  @Test
  void reportsWhatIsMissingOrDenied() throws Exception {
    assertThat(secret(SECRET).path("__type").asText()).isEqualTo("ResourceNotFoundException");
    assertThat(parameter(true).path("__type").asText()).isEqualTo("ParameterNotFound");
    secrets.put(SECRET, "hush");
    secrets.allow(false);
    assertThat(secret(SECRET).path("__type").asText()).isEqualTo("AccessDeniedException");
    assertThat(parameter(true).path("__type").asText()).isEqualTo("AccessDeniedException");
    secrets.allow(true);
    assertThat(secret(SECRET).path("SecretString").asText()).isEqualTo("hush");
  }

  @Test
  void requiresTheSignatureOfTheRightServiceAndKey() throws Exception {
    secrets.put(SECRET, "hush");
    String body = "{\"SecretId\":\"" + SECRET + "\"}";
    assertThat(call(KEY, "ssm", "secretsmanager.GetSecretValue", body).path("__type").asText())
        .isEqualTo("InvalidSignatureException");
    AwsCredentials other = new AwsCredentials("AKID", "other");
    assertThat(
            call(other, "secretsmanager", "secretsmanager.GetSecretValue", body)
                .path("__type")
                .asText())
        .isEqualTo("InvalidSignatureException");
  }

  private JsonNode secret(String arn) throws Exception {
    return call(
        KEY, "secretsmanager", "secretsmanager.GetSecretValue", "{\"SecretId\":\"" + arn + "\"}");
  }

  private JsonNode parameter(boolean decrypted) throws Exception {
    return call(
        KEY,
        "ssm",
        "AmazonSSM.GetParameter",
        "{\"Name\":\"" + PARAMETER + "\",\"WithDecryption\":" + decrypted + "}");
  }

  private JsonNode call(AwsCredentials key, String service, String target, String json)
      throws IOException, InterruptedException {
    URI url = URI.create(secrets.url()).resolve("/");
    byte[] body = json.getBytes(UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", target)
            .POST(BodyPublishers.ofByteArray(body));
    SignatureV4.headers(
            key, "us-east-1", service, Instant.now(), "POST", url.getAuthority(), "/", body)
        .forEach(request::header);
    return new ObjectMapper()
        .readTree(client.send(request.build(), BodyHandlers.ofString()).body());
  }
}
