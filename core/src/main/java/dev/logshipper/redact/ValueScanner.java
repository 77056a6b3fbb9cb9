package dev.logshipper.redact;

/// Finds the values of one kind. Holds no state. Its time is bounded by the bytes that it moves
/// over, however the text is made: it does not try again what it has seen.
sealed interface ValueScanner
    permits AwsKeyScanner,
        BasicScanner,
        BearerScanner,
        CardScanner,
        EmailScanner,
        IbanScanner,
        Ipv4Scanner,
        Ipv6Scanner,
        JwtScanner,
        PrivateKeyScanner,
        SsnScanner {
  /// ASCII characters other than digits, one of which is in every value or in front of it. Empty
  /// for values that begin with digits.
  default String triggers() {
    return "";
  }

  /// Flags of [DigitRun], one of which the digits of every value have.
  default int digitShapes() {
    return 0;
  }

  /// Looks for a value at a trigger.
  ///
  /// @param at index of the trigger, or of the first digit, not before the text's floor
  /// @return whether there is one; it is then reported by [Text#found], ends after `at` and starts
  ///   at or after the floor
  boolean find(Text text, int at);

  /// The value in the form in which equal ones are equal, to be hashed.
  default String canonical(String value) {
    return value;
  }
}
