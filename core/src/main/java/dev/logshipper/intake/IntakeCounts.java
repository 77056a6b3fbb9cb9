package dev.logshipper.intake;

/// Totals of all deliveries so far. Immutable.
///
/// @param deliveries POSTs acknowledged
/// @param malformed unreadable events, or whole bodies
/// @param droppedByPlatform records that the platform reports as dropped
public record IntakeCounts(long deliveries, long malformed, long droppedByPlatform) {
  /// No delivery yet.
  public static final IntakeCounts NONE = new IntakeCounts(0, 0, 0);

  IntakeCounts plus(Delivery delivery) {
    return new IntakeCounts(
        deliveries + 1,
        malformed + delivery.malformed(),
        droppedByPlatform + delivery.droppedByPlatform());
  }
}
