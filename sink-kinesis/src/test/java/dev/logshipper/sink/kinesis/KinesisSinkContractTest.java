package dev.logshipper.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.testkit.Fault;
import dev.logshipper.sink.testkit.HttpSinkFixture;
import dev.logshipper.sink.testkit.SinkContract;
import dev.logshipper.sink.testkit.SinkFixture;
import dev.logshipper.sink.testkit.Trait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The contract against a delivery stream. It knows no repetition, so that one doubles.
class KinesisSinkContractTest extends SinkContract {

  @Override
  protected SinkFixture newFixture() throws IOException {
    return new Stream();
  }

  private static final class Stream extends HttpSinkFixture {
    private static final byte[] MESSAGE = {'m', 'e', 's', 's', 'a', 'g', 'e'};

    private final List<String> messages = new ArrayList<>();

    Stream() throws IOException {}

    @Override
    public SinkProvider provider() {
      return new KinesisSinkProvider();
    }

    @Override
    public Map<String, String> environment() {
      return Map.of(
          "KINESIS_ENDPOINT", FirehoseApi.STREAM,
          "ED_PUSH_TIMEOUT_SEC", "60",
          "AWS_ENDPOINT_URL_FIREHOSE", "http://" + authority(),
          "AWS_ACCESS_KEY_ID", "secret-id",
          "AWS_SECRET_ACCESS_KEY", "secret-key",
          "AWS_SESSION_TOKEN", "secret-token");
    }

    @Override
    public Set<String> secrets() {
      return Set.of("secret-id", "secret-key", "secret-token");
    }

    @Override
    public Set<Trait> traits() {
      return Set.of(Trait.PARTIAL_RETRY, Trait.NAMES_WAIT);
    }

    /// Each makes a Firehose record of its own.
    @Override
    public int partialLineBytes() {
      return RecordPacker.RECORD_BYTES_TARGET;
    }

    @Override
    protected ScriptedResponse.Http accept(ReceivedRequest request) throws JsonException {
      return keepAllBut(List.of(), request);
    }

    @Override
    protected ScriptedResponse.Http acceptPartially(
        ReceivedRequest request, Fault.Partial partial) {
      try {
        return keepAllBut(partial.retry(), request);
      } catch (JsonException e) {
        throw new AssertionError(e);
      }
    }

    private ScriptedResponse.Http keepAllBut(List<Integer> failed, ReceivedRequest request)
        throws JsonException {
      FirehoseApi.Refusal refusal =
          FirehoseApi.refusal(
              request.method(), request.path(), name -> request.header(name).orElse(""));
      FirehoseApi.Call call = FirehoseApi.read(request.body());
      if (refusal != null || FirehoseApi.refusal(call) != null) {
        throw new AssertionError("AWS would refuse it");
      }
      for (int i = 0; i < call.records().size(); i++) {
        if (!failed.contains(i)) {
          keep(new String(call.records().get(i), UTF_8));
        }
      }
      return reply(200, FirehoseApi.answer(call.records().size(), failed, "InternalFailure"));
    }

    @Override
    protected ScriptedResponse.Http throttle(Duration retryAfter) {
      return withRetryAfter(error(500, "ServiceUnavailableException"), retryAfter);
    }

    @Override
    protected ScriptedResponse.Http unavailable() {
      return error(503, "InternalFailure");
    }

    @Override
    protected ScriptedResponse.Http reject() {
      return error(400, "InvalidArgumentException");
    }

    @Override
    protected List<String> held() {
      return messages;
    }

    private void keep(String lines) throws JsonException {
      for (String line : lines.lines().toList()) {
        JsonReader json = new JsonReader(line.getBytes(UTF_8));
        if (!json.find(MESSAGE)) {
          throw new AssertionError("a line without a message");
        }
        keepMessage(json.string());
      }
    }

    /// Puts the parts of a line together again, as a reader would.
    private void keepMessage(String message) {
      int end = message.startsWith("[part ") ? message.indexOf("] ") + 2 : 0;
      if (end == 0 || message.startsWith("[part 1 of ")) {
        messages.add(message.substring(end));
      } else {
        messages.add(messages.removeLast() + message.substring(end));
      }
    }

    private static ScriptedResponse.Http error(int status, String type) {
      return reply(status, new FirehoseApi.Refusal(status, type, Fault.QUOTE).json());
    }

    private static ScriptedResponse.Http reply(int status, String json) {
      return ScriptedResponse.status(status)
          .header("Content-Type", FirehoseApi.CONTENT_TYPE)
          .body(json);
    }
  }
}
