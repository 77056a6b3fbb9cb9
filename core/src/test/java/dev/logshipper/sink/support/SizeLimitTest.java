package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeLimitTest {
  private final SizeLimit limit = new SizeLimit();

  @Test
  void nothingIsAssumedAboutADestination() {
    assertThat(limit.bytesMax()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void requestOfSeveralRecordsIsHalved() {
    assertThat(tooLarge(10, 12, 1_000)).isEqualTo(new SendResult.Progress(0));
    assertThat(limit.bytesMax()).isEqualTo(500);
    assertThat(tooLarge(5, 12, 480)).isEqualTo(new SendResult.Progress(0));
    assertThat(limit.bytesMax()).isEqualTo(240);
  }

  @Test
  void limitNeverGrows() {
    tooLarge(2, 2, 100);
    tooLarge(2, 2, 1_000);

    assertThat(limit.bytesMax()).isEqualTo(25);
  }

  @Test
  void recordThatDoesNotFitAloneIsRejectedAlone() {
    assertThat(tooLarge(1, 3, 900))
        .isEqualTo(
            new SendResult.Partial(
                List.of(1, 2), List.of(0), "too large (a single record of 900 bytes)"));
    assertThat(limit.bytesMax()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void sizeThatWasOneRecordsFaultGrowsAgain() {
    tooLarge(2, 3, 800);
    limit.accepted();
    assertThat(limit.bytesMax()).isEqualTo(400);
    tooLarge(1, 3, 400);
    limit.accepted();
    limit.accepted();
    assertThat(limit.bytesMax()).isEqualTo(1_600);
    tooLarge(2, 3, 1_600);
    limit.accepted();
    assertThat(limit.bytesMax()).isEqualTo(800);
  }

  @Test
  void allRecordsRejectedAloneHaveTheReasonOfTheFirst() {
    tooLarge(1, 3, 900);

    assertThat(tooLarge(1, 1, 700))
        .isEqualTo(SendResult.rejected("too large (a single record of 900 bytes)"));
  }

  @Test
  void recordsThatAreNotInTheRequestAreSentNext() {
    assertThat(new SentPart(3, 3, 0).delivered()).isEqualTo(SendResult.DELIVERED);
    assertThat(new SentPart(2, 3, 0).delivered()).isEqualTo(new SendResult.Progress(2));
    assertThat(new SentPart(2, 2, 0).rejected("x")).isEqualTo(SendResult.rejected("x"));
    assertThat(new SentPart(2, 3, 0).rejected("x"))
        .isEqualTo(new SendResult.Partial(List.of(2), List.of(0, 1), "x"));
  }

  private SendResult tooLarge(int sent, int all, long bytes) {
    return limit.tooLarge(new SentPart(sent, all, bytes), "too large");
  }
}
