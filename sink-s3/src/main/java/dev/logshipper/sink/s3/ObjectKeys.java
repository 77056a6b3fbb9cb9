package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Builds the key of a batch's object: the same in every attempt and unique to the batch. So a
/// retry after an unknown outcome overwrites the object with the same bytes; `If-None-Match` would
/// only turn a success into a failure.
///
/// The time is that of the batch's first record, so that a batch is filed under the day of its
/// events also after midnight and after an outage. Not thread-safe.
final class ObjectKeys {
  private final KeyTemplate template;
  private final String suffix;
  private final Supplier<FunctionIdentity> function;
  private final Supplier<UUID> random;
  private @Nullable UUID environment;
  private boolean invoked;

  /// @param suffix appended to the key
  /// @param random for the environment's id, drawn when sending
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

  /// The number of records, from the first on, that may be in one object: those of one tenant where
  /// the key names it, else all.
  int recordsOfOneKey(Batch batch) {
    List<LogRecord> records = batch.records();
    int count = 1;
    while (count < records.size()
        && (!template.hasTenant()
            || records.get(count).tenantId().equals(records.getFirst().tenantId()))) {
      count++;
    }
    return count;
  }

  String keyOf(Batch batch) {
    FunctionIdentity identity = function.get();
    UUID environmentId = environmentOf(batch);
    UUID file = UUID.nameUUIDFromBytes((environmentId + "/" + batch.id()).getBytes(UTF_8));
    return template.fill(
            new KeyTemplate.Names(
                identity.name(),
                identity.version(),
                identity.region(),
                timeOf(batch),
                environmentId.toString(),
                batch.records().getFirst().tenantId().orElse(""),
                file.toString()))
        + suffix;
  }

  /// Environments restored from one snapshot (SnapStart) share an id drawn before the snapshot, and
  /// their batch ids differ only in time. An extension is not notified of the restore, but
  /// invocations follow it, so the first batch with one draws a new id.
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
