package dev.logshipper.intake;

import dev.logshipper.sink.LogRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The optional steps between the parser and the pipeline: lines are joined, then fields are
/// lifted. Used by one listener. Not thread-safe.
public final class LineStages {
  private final @Nullable LineJoiner joiner;
  private final @Nullable FieldLifter lifter;
  private Delivery.@Nullable Builder delivery;

  private LineStages(boolean joins, List<LiftedField> lifted) {
    this.joiner = joins ? new LineJoiner(this::lift) : null;
    this.lifter = lifted.isEmpty() ? null : new FieldLifter(lifted);
  }

  /// The steps that are wanted.
  ///
  /// @param lifted may be empty
  /// @return null for none
  public static @Nullable LineStages of(boolean joins, List<LiftedField> lifted) {
    return joins || !lifted.isEmpty() ? new LineStages(joins, lifted) : null;
  }

  /// A delivery begins.
  void begin(Delivery.Builder receiver) {
    delivery = receiver;
  }

  void add(LogRecord record) {
    if (joiner == null) {
      lift(record);
    } else {
      joiner.add(record);
    }
  }

  /// The delivery ends.
  void end() {
    if (joiner != null) {
      joiner.flush();
    }
    delivery = null;
  }

  private void lift(LogRecord record) {
    if (delivery != null) {
      delivery.record(lifter == null ? record : lifter.lift(record));
    }
  }
}
