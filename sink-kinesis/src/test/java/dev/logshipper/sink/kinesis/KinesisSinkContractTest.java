package dev.logshipper.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
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

/// The contract against the stand-in for Firehose, which does not recognize a repeated batch.
class KinesisSinkContractTest extends SinkContract {

  @Override
  protected SinkFixture newFixture() throws IOException {
    return new Stream();
  }

  private static final class Stream extends HttpSinkFixture {
    private static final byte[] MESSAGE = {'m', 'e', 's', 's', 'a', 'g', 'e'};

    private final FirehoseDestination firehose =
        KinesisFixture.startFirehose("secret-id", "secret-key");

    Stream() throws IOException {}

    @Override
    public SinkProvider provider() {
      return new KinesisSinkProvider();
    }

    @Override
    public Map<String, String> environment() {
      return Map.of(
          "KINESIS_ENDPOINT", KinesisFixture.STREAM,
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

    /// So that each line gets its own Firehose record.
    @Override
    public int partialLineBytes() {
      return RecordShape.BYTES_TARGET;
    }

    @Override
    protected ScriptedResponse.Http accept(ReceivedRequest request) {
      return respondAllBut(List.of(), request);
    }

    @Override
    protected ScriptedResponse.Http acceptPartially(
        ReceivedRequest request, Fault.Partial partial) {
      return respondAllBut(partial.retry(), request);
    }

    private ScriptedResponse.Http respondAllBut(List<Integer> failed, ReceivedRequest request) {
      int[] indexes = failed.stream().mapToInt(Integer::intValue).toArray();
      ScriptedResponse response =
          ((ScriptedResponse.Computed) firehose.failing(indexes)).function().apply(request);
      return (ScriptedResponse.Http) response;
    }

    @Override
    protected ScriptedResponse.Http throttle(Duration retryAfter) {
      return withRetryAfter(
          FirehoseDestination.exception(500, "ServiceUnavailableException", Fault.QUOTE),
          retryAfter);
    }

    @Override
    protected ScriptedResponse.Http unavailable() {
      return FirehoseDestination.exception(503, "InternalFailure", Fault.QUOTE);
    }

    @Override
    protected ScriptedResponse.Http reject() {
      return FirehoseDestination.exception(400, "InvalidArgumentException", Fault.QUOTE);
    }

    /// Parts of a long line are joined again.
    @Override
    protected List<String> held() {
      List<String> lines = new ArrayList<>();
      for (String json : firehose.lines()) {
        String message = message(json);
        int end = message.startsWith("[part ") ? message.indexOf("] ") + 2 : 0;
        boolean continues = end > 0 && !message.startsWith("[part 1 of ");
        lines.add((continues ? lines.removeLast() : "") + message.substring(end));
      }
      return lines;
    }

    private static String message(String line) {
      try {
        JsonReader json = new JsonReader(line.getBytes(UTF_8));
        assertThat(json.find(MESSAGE)).isTrue();
        return json.string();
      } catch (JsonException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws IOException {
      firehose.close();
      super.close();
    }
  }
}
