package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {
  private final Breaker breaker = new Breaker();

  @Test
  void itOpensAtTheThirdFailureInARow() {
    breaker.failed();
    breaker.failed();
    assertThat(breaker.state()).isEqualTo(new Breaker.State(2, false));
    breaker.failed();
    assertThat(breaker.state()).isEqualTo(new Breaker.State(3, true));
    breaker.failed();
    assertThat(breaker.state()).isEqualTo(new Breaker.State(4, true));
  }

  @Test
  void aSuccessClosesItAndStartsTheCountAnew() {
    breaker.failed();
    breaker.failed();
    breaker.failed();
    breaker.succeeded();
    assertThat(breaker.state()).isEqualTo(new Breaker.State(0, false));
    breaker.failed();
    assertThat(breaker.state().isOpen()).isFalse();
  }

  @Test
  void aWaitInVainOpensItUntilTheNextSuccess() {
    breaker.waitedInVain();
    assertThat(breaker.state()).isEqualTo(new Breaker.State(0, true));
    breaker.succeeded();
    assertThat(breaker.state().isOpen()).isFalse();
  }
}
