package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

/// Which lines arrive more than once.
enum Doubled {
  /// None.
  NOTHING("nothing") {
    @Override
    void verify(Account account) {
      assertThat(account.doubled()).as("doubled").isEmpty();
      if (!account.ledger().isEmpty() && account.deaths() == 0) {
        assertThat(account.number("delivered"))
            .as("delivered as counted, and what is stored")
            .isEqualTo(account.stored());
      }
    }
  },
  /// Those of a request that was stored without a confirmation, if the destination does not know a
  /// repetition by its batch id, key or timestamps.
  UNKNOWN_OUTCOME("what was stored and not confirmed");

  private final String words;

  Doubled(String words) {
    this.words = words;
  }

  /// As it stands in the table.
  String words() {
    return words;
  }

  /// Fails unless an account keeps the promise.
  void verify(Account account) {
    // Nothing is promised.
  }
}
