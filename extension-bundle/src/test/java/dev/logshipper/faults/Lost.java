package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

/// Which lines do not arrive.
enum Lost {
  /// None.
  NOTHING("nothing") {
    @Override
    void verify(Deliveries deliveries) {
      assertThat(deliveries.lost()).as("lost").isEmpty();
      assertThat(deliveries.counted()).as("counted as lost in %s", deliveries.ledger()).isZero();
    }
  },
  /// As many as the ledger says.
  COUNTED("counted") {
    @Override
    void verify(Deliveries deliveries) {
      assertThat(deliveries.lost().size())
          .as("lines lost, at most what is counted in %s", deliveries.ledger())
          .isLessThanOrEqualTo(Math.toIntExact(deliveries.counted()));
    }
  },
  /// What the platform does not bring to us. All the rest arrives.
  NOT_DELIVERED("records that the platform did not deliver") {
    @Override
    void verify(Deliveries deliveries) {
      assertThat(deliveries.counted()).as("counted as lost in %s", deliveries.ledger()).isZero();
    }
  },
  /// What a process held when it was killed, or never came to see: nobody is left to count it.
  UNCOUNTED("records in the dead process");

  private final String words;

  Lost(String words) {
    this.words = words;
  }

  /// As it stands in the table.
  String words() {
    return words;
  }

  /// Fails unless an deliveries keeps the promise.
  void verify(Deliveries deliveries) {
    // Nothing is promised.
  }
}
