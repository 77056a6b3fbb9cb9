package dev.logshipper.sink.testkit.contract;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;

/// A sink that delegates to another; a subclass changes some of its behaviour.
class Altered implements Sink {
  final Sink good;

  Altered(Sink good) {
    this.good = good;
  }

  @Override
  public BatchLimits limits() {
    return good.limits();
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    return good.send(batch, deadline);
  }

  @Override
  public void close() {
    good.close();
  }

  @Override
  public String toString() {
    return good.toString();
  }
}
