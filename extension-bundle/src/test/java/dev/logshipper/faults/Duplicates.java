package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

/// Lines that arrive more than once.
enum Duplicates {
  /// None.
  NOTHING("nothing") {
    @Override
    void verify(Deliveries deliveries) {
      assertThat(deliveries.doubled()).as("doubled").isEmpty();
      if (!deliveries.ledger().isEmpty() && deliveries.deaths() == 0) {
        assertThat(deliveries.number("delivered"))
            .as("records counted as delivered, and stored records")
            .isEqualTo(deliveries.stored());
      }
    }
  },
  /// Lines of a request that was stored without a response, if the destination does not recognize a
  /// repetition by its batch id, key or timestamps.
  UNKNOWN_OUTCOME("records stored without a response");

  private final String words;

  Duplicates(String words) {
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
