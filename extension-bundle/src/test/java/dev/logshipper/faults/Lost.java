package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

/// Which lines do not arrive.
enum Lost {
  /// None.
  NOTHING("nothing") {
    @Override
    void verify(Account account) {
      assertThat(account.lost()).as("lost").isEmpty();
      assertThat(account.counted()).as("counted as lost in %s", account.ledger()).isZero();
    }
  },
  /// As many as the ledger says.
  COUNTED("counted") {
    @Override
    void verify(Account account) {
      assertThat(account.lost().size())
          .as("lines lost, at most what is counted in %s", account.ledger())
          .isLessThanOrEqualTo(Math.toIntExact(account.counted()));
    }
  },
  /// What the platform does not bring to us. All the rest arrives.
  NOT_DELIVERED("what the platform does not deliver") {
    @Override
    void verify(Account account) {
      assertThat(account.counted()).as("counted as lost in %s", account.ledger()).isZero();
    }
  },
  /// What a process held when it was killed, or never came to see: nobody is left to count it.
  UNCOUNTED("what the dead process held");

  private final String words;

  Lost(String words) {
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
