package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

/// Lines that do not arrive.
enum Lost {
  /// None.
  NOTHING("nothing") {
    @Override
    void verify(Deliveries deliveries) {
      assertThat(deliveries.lost()).as("lost").isEmpty();
      assertThat(deliveries.counted()).as("counted as lost in %s", deliveries.ledger()).isZero();
    }
  },
  /// At most as many as the ledger reports.
  COUNTED("counted") {
    @Override
    void verify(Deliveries deliveries) {
      assertThat(deliveries.lost().size())
          .as("lines lost, at most the number counted in %s", deliveries.ledger())
          .isLessThanOrEqualTo(Math.toIntExact(deliveries.counted()));
    }
  },
  /// Records that the platform does not deliver. All others arrive.
  NOT_DELIVERED("records that the platform did not deliver") {
    @Override
    void verify(Deliveries deliveries) {
      assertThat(deliveries.counted()).as("counted as lost in %s", deliveries.ledger()).isZero();
    }
  },
  /// Records that a process held when it was killed, or never received; no ledger counts them.
  UNCOUNTED("records in the dead process");

  private final String words;

  Lost(String words) {
    this.words = words;
  }

  /// The words in the table.
  String words() {
    return words;
  }

  /// Fails if the promise is broken.
  void verify(Deliveries deliveries) {
    // Nothing is promised.
  }
}
