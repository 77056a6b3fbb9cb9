package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.FormatFixture.TIME;
import static dev.logshipper.format.edgedelta.FormatFixture.platform;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTimesTest {
  private final InvocationTimes times = new InvocationTimes();

  @Test
  void unknownInvocationHasNoTime() {
    assertThat(times.millisOf("r")).isEmpty();
  }

  @Test
  void startAloneGivesNoTime() {
    times.learn(invocations(0, 1).subList(0, 1));

    assertThat(times.millisOf("r0")).isEmpty();
  }

  @Test
  void currentBatchIsRememberedCompletely() {
    times.learn(invocations(0, 1_000));

    assertThat(times.millisOf("r0")).isPresent();
    assertThat(times.millisOf("r999")).isPresent();
  }

  @Test
  void nextBatchEvictsTheOldestBeyondTheBound() {
    times.learn(invocations(0, 1_000));
    times.learn(invocations(1_000, 1));

    assertThat(times.size()).isEqualTo(257);
    assertThat(times.millisOf("r0")).isEmpty();
    assertThat(times.millisOf("r999")).isPresent();
  }

  private static List<LogRecord> invocations(int first, int count) {
    List<LogRecord> records = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      String json = "{\"requestId\":\"r" + i + "\"}";
      records.add(platform("platform.start", TIME, json));
      records.add(platform("platform.runtimeDone", TIME, json));
    }
    return records;
  }
}
