package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;

/// The ledger counts exactly the records that were received, delivered and rejected, the attempts,
/// and those that repeated a failed one. An attempt after progress is not a retry.
final class LedgerMatchesSends extends LaneInvariant {

  private long delivered;
  private long rejected;
  private long requests;
  private long retries;

  LedgerMatchesSends(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    requests++;
    retries += lane.sends().wasRetry() ? 1 : 0;
  }

  @Override
  public void sendEnded(Batch batch, SendResult result) {
    int records = batch.records().size();
    switch (result) {
      case SendResult.Delivered _ -> delivered += records;
      case SendResult.Progress progress -> delivered += progress.delivered();
      case SendResult.Partial partial -> {
        delivered += records - partial.retry().size() - partial.rejected().size();
        rejected += partial.rejected().size();
      }
      case SendResult.Rejected _ -> rejected += records;
      case SendResult.Retry _ -> {}
    }
  }

  @Override
  public void runEnded(LaneLedger ledger, boolean killed) {
    if (!killed) {
      same("received", lane.received().count(), ledger.received());
      same("delivered", delivered, ledger.delivered());
      long dropped = ledger.dropped().getOrDefault(DropReason.REJECTED, 0L);
      // An endpoint that rejects at random may seem to reject one record.
      boolean seems = lane.plan().faults().contains(Scenario.Fault.ENDPOINT_REJECTED);
      same("rejected", rejected, seems ? Math.min(rejected, dropped) : dropped);
      same("requests", requests, ledger.requests());
      same("retries", retries, ledger.retries());
    }
  }

  private void same(String count, long expected, long actual) {
    if (expected != actual) {
      violated(count + ": expected " + expected + ", found " + actual);
    }
  }
}
