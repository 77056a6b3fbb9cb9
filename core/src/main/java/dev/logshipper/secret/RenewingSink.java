package dev.logshipper.secret;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// A sink whose settings contain secrets that are kept elsewhere and may change. It is opened anew
/// when one has changed, as noticed after a quarter of an hour or when the destination rejects.
///
/// No batch is rejected because of secrets that were not read again since: the destination may have
/// been given the new one first.
///
/// Not thread-safe, except for [#close].
final class RenewingSink implements Sink {
  private static final long KEPT_NANOS = Duration.ofMinutes(15).toNanos();

  /// Between two readings because of rejections.
  private static final long READ_NANOS_MIN = Duration.ofSeconds(3).toNanos();

  /// After a failure to read old ones again, which are used meanwhile.
  private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();

  private final LaneSecrets secrets;
  private final BatchLimits limits;
  private final Diagnostics diagnostics;
  private final LongSupplier nanoClock;
  private volatile Sink sink;
  private long lastReadNanos;
  private long keptUntilNanos;

  /// Whether they were read after a rejection and had not changed.
  private boolean isConfirmed;

  RenewingSink(LaneSecrets secrets, Sink sink, Diagnostics diagnostics, LongSupplier nanoClock) {
    this.secrets = secrets;
    this.sink = sink;
    this.limits = sink.limits();
    this.diagnostics = diagnostics;
    this.nanoClock = nanoClock;
    wasRead(KEPT_NANOS);
  }

  private void wasRead(long keptNanos) {
    lastReadNanos = nanoClock.getAsLong();
    keptUntilNanos = lastReadNanos + keptNanos;
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    sink.warmUp(batch, deadline);
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    if (nanoClock.getAsLong() - keptUntilNanos >= 0) {
      renewOld(deadline);
    }
    SendResult result = sink.send(batch, deadline);
    if (result instanceof SendResult.Rejected rejected
        && rejected.scope() == SendResult.Scope.ENDPOINT) {
      return afterRejection(rejected, deadline);
    }
    isConfirmed = false;
    return result;
  }

  private void renewOld(Deadline deadline) throws InterruptedException {
    try {
      boolean changed = secrets.read(halfOf(deadline));
      wasRead(KEPT_NANOS);
      boolean _ = changed && reopen();
    } catch (SecretUnavailable failure) {
      wasRead(RETRY_NANOS);
      diagnostics.warn(failure.reason() + "; the value read before is used");
    }
  }

  private SendResult afterRejection(SendResult.Rejected rejected, Deadline deadline)
      throws InterruptedException {
    long wait = lastReadNanos + READ_NANOS_MIN - nanoClock.getAsLong();
    if (wait > 0) {
      return isConfirmed
          ? rejected
          : SendResult.busy(
              Duration.ofNanos(wait), rejected.reason() + "; its secret will be read again");
    }
    try {
      boolean changed = secrets.read(halfOf(deadline));
      wasRead(KEPT_NANOS);
      if (changed && reopen()) {
        // The next attempt is with other secrets, and need not wait.
        return new SendResult.Progress(0);
      }
      isConfirmed = true;
      return rejected;
    } catch (SecretUnavailable failure) {
      wasRead(RETRY_NANOS);
      isConfirmed = false;
      return SendResult.busy(
          Duration.ZERO, rejected.reason() + "; its secret cannot be read: " + failure.reason());
    }
  }

  /// Returns whether the sink could be opened with the new secrets; otherwise it stays as it was.
  private boolean reopen() {
    isConfirmed = false;
    Sink old = sink;
    try {
      sink = secrets.openWithCurrent();
    } catch (IllegalArgumentException unusable) {
      // By the SPI, this message contains no secret.
      diagnostics.warn("a new secret is unusable: " + unusable.getMessage() + "; the old is used");
      return false;
    }
    old.close();
    return true;
  }

  private static Deadline halfOf(Deadline deadline) {
    return deadline.atMost(deadline.remaining().dividedBy(2));
  }

  @Override
  public void close() {
    sink.close();
  }

  @Override
  public String toString() {
    return sink.toString();
  }
}
