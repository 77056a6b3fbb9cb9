package dev.logshipper.advisor.explain;

/// A measured cold start, next to one without an extension.
///
/// @param initMillis by which init takes longer
/// @param heldMillis for which the first invocation is held
/// @param billedMillis by which both are billed longer
public record ColdStart(double initMillis, double heldMillis, double billedMillis) {

  /// Reads three numbers.
  static ColdStart of(String text) {
    String[] parts = text.split(",", -1);
    return new ColdStart(
        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
  }

  ColdStart between(ColdStart other, double share) {
    return new ColdStart(
        initMillis + share * (other.initMillis - initMillis),
        heldMillis + share * (other.heldMillis - heldMillis),
        billedMillis + share * (other.billedMillis - billedMillis));
  }
}
