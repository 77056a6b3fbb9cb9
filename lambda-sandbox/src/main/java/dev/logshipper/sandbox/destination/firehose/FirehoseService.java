package dev.logshipper.sandbox.destination.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.Service;
import dev.logshipper.sandbox.destination.aws.Authorization;
import dev.logshipper.sandbox.destination.aws.SignatureV4;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A request from its signature to its response, and the streams' records.
final class FirehoseService implements Service {
  private static final String TARGET = "Firehose_20150804.";
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final String ACCOUNT = "123456789012";

  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

  private final FirehoseBehaviour behaviour;
  private final Map<String, List<byte[]>> streams = new LinkedHashMap<>();
  private int stored;
  private @Nullable List<String> lines;

  FirehoseService(FirehoseBehaviour behaviour) {
    this.behaviour = behaviour;
    behaviour.streams().forEach(stream -> streams.put(stream, new ArrayList<>()));
  }

  @Override
  public ScriptedResponse.Http handle(ReceivedRequest request) {
    return handle(request, Set.of());
  }

  /// @param failed indexes of records that are not stored
  ScriptedResponse.Http handle(ReceivedRequest request, Set<Integer> failed) {
    try {
      checkOperation(request);
      checkSignature(request);
      return keep(PutRecordBatch.parse(request.body()), failed);
    } catch (FirehoseError e) {
      return e.response();
    }
  }

  private static void checkOperation(ReceivedRequest request) throws FirehoseError {
    String target = request.header("X-Amz-Target").orElse("");
    String type = request.header("Content-Type").orElse("");
    boolean known =
        request.method().equals("POST")
            && request.path().equals("/")
            && type.equals(CONTENT_TYPE)
            && target.equals(TARGET + "PutRecordBatch");
    if (!known) {
      throw new FirehoseError(
          400,
          "UnknownOperationException",
          "%s %s, X-Amz-Target '%s', Content-Type '%s'"
              .formatted(request.method(), request.path(), target, type));
    }
  }

  private void checkSignature(ReceivedRequest request) throws FirehoseError {
    Optional<String> header = request.header("Authorization");
    if (header.isEmpty()) {
      throw new FirehoseError(
          400, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    Optional<Authorization> parsed = Authorization.parse(header.get());
    if (parsed.isEmpty() || request.header("X-Amz-Date").isEmpty()) {
      throw new FirehoseError(
          400,
          "IncompleteSignatureException",
          "Authorization header requires Credential, Signature, SignedHeaders and X-Amz-Date.");
    }
    Authorization authorization = parsed.get();
    if (!authorization.service().equals("firehose")) {
      throw new FirehoseError(
          400,
          "InvalidSignatureException",
          "Credential should be scoped to correct service: 'firehose'. ");
    }
    if (behaviour.credentials().isPresent()
        && !SignatureV4.isValid(request, authorization, behaviour.credentials().get())) {
      throw new FirehoseError(
          400,
          "InvalidSignatureException",
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method.");
    }
  }

  private synchronized ScriptedResponse.Http keep(PutRecordBatch batch, Set<Integer> failed)
      throws FirehoseError {
    List<byte[]> records = streams.get(batch.stream());
    if (records == null) {
      throw new FirehoseError(
          400,
          "ResourceNotFoundException",
          "Firehose " + batch.stream() + " not found under account " + ACCOUNT + ".");
    }
    lines = null;
    ArrayNode responses = JsonNodeFactory.instance.arrayNode();
    int failures = 0;
    for (int i = 0; i < batch.records().size(); i++) {
      ObjectNode response = responses.addObject();
      if (failed.contains(i)) {
        failures++;
        response.put("ErrorCode", "ServiceUnavailableException").put("ErrorMessage", "Slow down.");
      } else {
        records.add(batch.records().get(i));
        response.put("RecordId", "record-%08d".formatted(++stored));
      }
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("FailedPutCount", failures).put("Encrypted", false).set("RequestResponses", responses);
    return ScriptedResponse.ok().header("Content-Type", CONTENT_TYPE).body(body.toString());
  }

  synchronized List<String> records(String stream) {
    return streams.getOrDefault(stream, List.of()).stream()
        .map(record -> new String(record, UTF_8))
        .toList();
  }

  @Override
  public synchronized List<String> lines() {
    if (lines == null) {
      lines = streams.values().stream().flatMap(each -> delivered(each).stream()).toList();
    }
    return lines;
  }

  private static List<String> delivered(List<byte[]> records) {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    records.forEach(object::writeBytes);
    if (object.size() == 0) {
      return List.of();
    }
    String text = text(object.toByteArray());
    String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return Arrays.asList(whole.split("\n", -1));
  }

  /// An object that begins as a gzip member does is one, as for a reader of the bucket.
  private static String text(byte[] object) {
    if (object.length < 2 || object[0] != GZIP_MAGIC[0] || object[1] != GZIP_MAGIC[1]) {
      return new String(object, UTF_8);
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("not all records are gzip members", e);
    }
  }
}
