package dev.logshipper.advisor.simulation;

/// When a lane sends, and how much at once.
///
/// @param ageNanosMax age at which records are sent without a flush
/// @param triggerBytes bytes of waiting records at which they are sent
/// @param batchBytes target size of a request
/// @param invocationsMax invocations after which records are sent; 0: with each flush
public record SendRules(long ageNanosMax, long triggerBytes, long batchBytes, int invocationsMax) {

  /// All waiting records with each flush, or at an age.
  public static SendRules withEachFlush(long ageNanosMax) {
    return new SendRules(ageNanosMax, Long.MAX_VALUE, Long.MAX_VALUE, 0);
  }

  boolean followsFlushes() {
    return invocationsMax == 0;
  }
}
