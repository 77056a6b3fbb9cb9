package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeySharesTest {
  private final KeyShares shares = new KeyShares();

  @Test
  void firstHandshakeOffersOneGroup() {
    assertThat(shares.begin("a", 443)).containsExactly("x25519");
  }

  @Test
  void allAreOfferedFromThenOnAfterAHandshakeWithoutACertificate() {
    shares.begin("a", 443);

    assertThat(shares.begin("a", 443)).isNull();
    shares.answered("a", 443);
    assertThat(shares.begin("a", 443)).isNull();
  }

  @Test
  void oneGroupStaysEnoughForAServerThatAnsweredToIt() {
    shares.begin("a", 443);
    shares.answered("a", 443);

    assertThat(shares.begin("a", 443)).containsExactly("x25519");
    shares.answered("a", 443);
    assertThat(shares.begin("a", 443)).containsExactly("x25519");
  }

  @Test
  void allAreOfferedWhenAServerThatAnsweredFailsLater() {
    shares.begin("a", 443);
    shares.answered("a", 443);
    shares.begin("a", 443);

    assertThat(shares.begin("a", 443)).isNull();
  }

  @Test
  void serversAreDistinguished() {
    shares.begin("a", 443);

    assertThat(shares.begin("b", 443)).containsExactly("x25519");
    assertThat(shares.begin("a", 444)).containsExactly("x25519");
  }
}
