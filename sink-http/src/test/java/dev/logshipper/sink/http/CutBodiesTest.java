package dev.logshipper.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CutBodiesTest {
  private final CutBodies bodies = new CutBodies();

  @Test
  void outageIsForgotten() {
    for (int i = 0; i < 10; i++) {
      bodies.cut(900_000);
    }
    assertThat(bodies.bytesMax()).isEqualTo(CutBodies.ACCEPTED_BYTES);

    for (int i = 0; i < 6; i++) {
      bodies.accepted();
    }
    assertThat(bodies.bytesMax()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void limitThatIsMetAgainAndAgainIsRemembered() {
    bodies.cut(900_000);
    bodies.accepted();
    bodies.cut(900_000);
    bodies.accepted();
    bodies.cut(900_000);
    long learned = bodies.bytesMax();
    bodies.accepted();

    assertThat(learned).isEqualTo(450_000);
    assertThat(bodies.bytesMax()).isEqualTo(learned);
  }

  @Test
  void smallBodyIsNotCutForItsSize() {
    bodies.cut(CutBodies.ACCEPTED_BYTES);

    assertThat(bodies.bytesMax()).isEqualTo(Long.MAX_VALUE);
  }
}
