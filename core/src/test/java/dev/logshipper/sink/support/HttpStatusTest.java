package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpStatusTest {
  @ParameterizedTest
  @ValueSource(ints = {200, 204, 299})
  void successIsDelivered(int status) {
    assertThat(classify(status)).isEqualTo(SendResult.DELIVERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 502, 503, 504})
  void destinationIsBusy(int status) {
    assertThat(classify(status)).isEqualTo(SendResult.busy(Duration.ZERO, "why"));
  }

  @Test
  void waitMeansBusy() {
    Duration wait = Duration.ofSeconds(3);
    assertThat(HttpStatus.classify(500, wait, "why")).isEqualTo(SendResult.busy(wait, "why"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 507, 599})
  void otherServerErrorsConcernTheBatch(int status) {
    assertThat(classify(status)).isEqualTo(SendResult.error("why"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 406, 411, 413, 415, 422, 431})
  void batchIsRejected(int status) {
    assertThat(classify(status)).isEqualTo(SendResult.rejected("why"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 401, 403, 404, 405, 407, 410, 501, 505})
  void endpointRejects(int status) {
    assertThat(classify(status)).isEqualTo(SendResult.rejectedByEndpoint("why"));
  }

  private static SendResult classify(int status) {
    return HttpStatus.classify(status, Duration.ZERO, "why");
  }
}
