package dev.logshipper.sandbox.destination.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.Service;
import dev.logshipper.sandbox.destination.aws.Authorization;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.aws.SignatureV4;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request from its signature to its response, and the secrets.
final class SecretsService implements Service {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final String GET_SECRET = "secretsmanager.GetSecretValue";
  private static final String GET_PARAMETER = "AmazonSSM.GetParameter";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<AwsCredentials> signer;

  /// Responses by ARN, without the values that SSM would not decrypt.
  private final Map<String, ObjectNode> secrets = new HashMap<>();

  private boolean allowed = true;

  SecretsService(Optional<AwsCredentials> signer) {
    this.signer = signer;
  }

  synchronized void put(String arn, String text) {
    secrets.put(arn, JSON.createObjectNode().put("SecretString", text));
  }

  synchronized void putBinary(String arn) {
    secrets.put(arn, JSON.createObjectNode().put("SecretBinary", "AAEC"));
  }

  synchronized void allow(boolean newAllowed) {
    allowed = newAllowed;
  }

  @Override
  public ScriptedResponse.Http handle(ReceivedRequest request) {
    String target = request.header("X-Amz-Target").orElse("");
    boolean known =
        request.method().equals("POST")
            && request.path().equals("/")
            && request.header("Content-Type").orElse("").equals(CONTENT_TYPE)
            && (target.equals(GET_SECRET) || target.equals(GET_PARAMETER));
    if (!known) {
      return error(400, "UnknownOperationException", request.path() + " " + target);
    }
    if (!isSigned(request, target.equals(GET_SECRET) ? "secretsmanager" : "ssm")) {
      return error(400, "InvalidSignatureException", "The request signature does not match");
    }
    JsonNode body = parse(request.body());
    if (body == null) {
      return error(400, "SerializationException", "not JSON");
    }
    return target.equals(GET_SECRET)
        ? secret(body.path("SecretId").asText())
        : parameter(body.path("Name").asText(), body.path("WithDecryption").asBoolean());
  }

  private boolean isSigned(ReceivedRequest request, String service) {
    Optional<Authorization> authorization =
        request.header("Authorization").flatMap(Authorization::parse);
    return authorization.isPresent()
        && authorization.get().service().equals(service)
        && (signer.isEmpty() || SignatureV4.isValid(request, authorization.get(), signer.get()));
  }

  private static @Nullable JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException _) {
      return null;
    }
  }

  private synchronized ScriptedResponse.Http secret(String arn) {
    if (!allowed) {
      return denied("secretsmanager:GetSecretValue", arn);
    }
    ObjectNode kept = secrets.get(arn);
    if (kept == null) {
      return error(
          400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return ok(kept.deepCopy().put("ARN", arn).put("VersionId", "c4f6b2"));
  }

  private synchronized ScriptedResponse.Http parameter(String arn, boolean decrypted) {
    if (!allowed) {
      return denied("ssm:GetParameter", arn);
    }
    ObjectNode kept = secrets.get(arn);
    if (kept == null) {
      return error(400, "ParameterNotFound", "");
    }
    String text = kept.path("SecretString").asText();
    ObjectNode response = JSON.createObjectNode();
    response
        .putObject("Parameter")
        .put("ARN", arn)
        .put("Type", "SecureString")
        .put("Value", decrypted ? text : Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    return ok(response);
  }

  private static ScriptedResponse.Http denied(String action, String arn) {
    return error(
        400,
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/role/function is not authorized to perform: "
            + action
            + " on resource: "
            + arn);
  }

  private static ScriptedResponse.Http ok(ObjectNode body) {
    return ScriptedResponse.ok().header("Content-Type", CONTENT_TYPE).body(body.toString());
  }

  static ScriptedResponse.Http error(int status, String type, String message) {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", type)
            .put("message", message)
            .toString();
    return ScriptedResponse.status(status).header("Content-Type", CONTENT_TYPE).body(body);
  }

  /// It stores no lines.
  @Override
  public List<String> lines() {
    return List.of();
  }
}
