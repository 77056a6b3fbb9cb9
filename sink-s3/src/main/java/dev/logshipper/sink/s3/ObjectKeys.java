package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Names the object of a batch: the same name for every attempt, another one for every other batch.
/// So a repetition after an unknown outcome writes the same object again, with the same bytes; to
/// ask S3 to refuse what is there (`If-None-Match`) would only turn a success into a failure.
///
/// The time is that of the batch's first record, so that a batch is filed under its own day also
/// after midnight and after an outage. Not thread-safe.
final class ObjectKeys {
  private final KeyTemplate template;
  private final String suffix;
  private final Supplier<FunctionIdentity> function;
  private final Supplier<UUID> random;
  private @Nullable UUID environment;
  private boolean invoked;

  /// @param suffix after what the template makes
  /// @param random for the environment's id, asked when sending
  ObjectKeys(
      KeyTemplate template,
      String suffix,
      Supplier<FunctionIdentity> function,
      Supplier<UUID> random) {
    this.template = template;
    this.suffix = suffix;
    this.function = function;
    this.random = random;
  }

  String keyOf(Batch batch) {
    FunctionIdentity identity = function.get();
    UUID of = environmentOf(batch);
    UUID file = UUID.nameUUIDFromBytes((of + "/" + batch.id()).getBytes(UTF_8));
    return template.fill(
            new KeyTemplate.Names(
                identity.name(),
                identity.version(),
                identity.region(),
                timeOf(batch),
                of.toString(),
                file.toString()))
        + suffix;
  }

  /// Environments restored from one snapshot (SnapStart) have their memory in common, with an id
  /// drawn before the snapshot and with batch ids that differ by their time alone. Nothing tells an
  /// extension of the restore, but invocations come after it only: their first batch draws anew.
  private UUID environmentOf(Batch batch) {
    UUID known = environment;
    if (known == null || (!invoked && isOfInvocation(batch))) {
      known = random.get();
      environment = known;
      invoked = isOfInvocation(batch);
    }
    return known;
  }

  private static boolean isOfInvocation(Batch batch) {
    for (LogRecord record : batch.records()) {
      if (record.requestId().isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static long timeOf(Batch batch) {
    for (LogRecord record : batch.records()) {
      if (record.epochMillis() > 0) {
        return record.epochMillis();
      }
    }
    return 0;
  }
}
