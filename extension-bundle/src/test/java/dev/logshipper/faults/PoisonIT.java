package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;

/// A record that the destination, or a firewall in front of it, fails with in each batch.
@Chapter("The destination")
class PoisonIT {
  private static final int INVOCATIONS = 30;
  private static final int HOLD_MILLIS_MAX = 2_250;
  private static final String POISON = "POISON";

  /// The lines of the first two invocations precede it.
  private static final int BEFORE = 2 * FaultRunBuilder.LINES;

  private static final Pattern FIREHOSE_DATA = Pattern.compile("\"Data\" *: *\"([^\"]*)\"");

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "returns 500 to each request with a certain record",
      user = "destination fails with a record (once), ledger",
      lost = Lost.COUNTED,
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void returns500ToOneRecord(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = losesOne(sink, runs, ScriptedResponse.status(500));

    assertThat(run.deliveries().number("dropped_poisoned")).isEqualTo(1);
  }

  @Sinks
  @Fault(
      value = "resets the connection at each request with a certain record",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void resetsTheConnectionAtOneRecord(BundledSink sink, FaultRuns runs) throws Exception {
    // Each reset could have another cause, so that the search may still go on at the end.
    FaultRun _ = losesOne(sink, runs, ScriptedResponse.resetAfterBody());
  }

  private static FaultRun losesOne(BundledSink sink, FaultRuns runs, ScriptedResponse response)
      throws Exception {
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_FLUSH", "end")
            .function((invocation, lines) -> {
              for (int i = 0; i < FaultRunBuilder.LINES; i++) {
                boolean poisoned = lines.written() == BEFORE;
                invocation.log(lines.next(0) + (poisoned ? POISON : "harmless"));
              }
            })
            .start();
    ScriptedResponse stored = run.stored(each -> each);
    run.fail(ScriptedResponse.computed(request -> isPoisoned(request) ? response : stored));
    run.invoke(INVOCATIONS);
    run.end();

    Deliveries deliveries = run.deliveries();
    assertThat(deliveries.lost()).containsExactly(BEFORE + 1);
    assertThat(deliveries.counted()).isEqualTo(1);
    return run;
  }

  private static boolean isPoisoned(ReceivedRequest request) {
    String body = new String(request.body(), ISO_8859_1);
    Matcher data = FIREHOSE_DATA.matcher(body);
    while (data.find()) {
      if (new String(Base64.getDecoder().decode(data.group(1)), ISO_8859_1).contains(POISON)) {
        return true;
      }
    }
    return body.contains(POISON);
  }
}
