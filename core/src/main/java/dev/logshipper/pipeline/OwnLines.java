package dev.logshipper.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.RecordTypes;
import dev.logshipper.sink.support.text.Timestamps;
import java.util.ArrayList;
import java.util.List;

/// Adds lines of the extension itself to the batches of each lane, each line once: they cause no
/// request of their own, except for those that wait at the shutdown. Not loaded while there are
/// none. Guarded by the buffer's lock; stateless.
final class OwnLines {
  private static final String LEDGER = "log-shipper: before the last send: ";

  private OwnLines() {}

  /// Adds the lines that are new to a lane, and have room, to a batch.
  ///
  /// @param batch has left the waiting records and is not in flight yet
  static void join(
      Lane lane, List<LogRecord> lines, List<Entry> batch, BatchLimits limits, MemoryBound memory) {
    if (lane.config.chain().isStandby()) {
      return;
    }
    Entry last = batch.getLast();
    boolean hasRoom = true;
    while (hasRoom && lane.ownLinesAdded < lines.size()) {
      LogRecord line = lines.get(lane.ownLinesAdded);
      Entry entry = new Entry(line, last.sequence, last.arrivedNanos, 1);
      hasRoom = memory.fits(entry.costBytes()) && HealthFeed.fits(line, batch, limits);
      if (hasRoom) {
        lane.ownLinesAdded++;
        memory.add(entry);
        batch.add(entry);
        boolean _ = lane.receive();
      }
    }
  }

  /// Appends the lines that wait, and the ledgers of lanes with losses so far, for each lane that
  /// can send.
  static void close(
      List<LogRecord> lines,
      List<Lane> lanes,
      RecordBuffer buffer,
      MemoryBound memory,
      long epochMillis) {
    String time = Timestamps.format(epochMillis);
    List<LogRecord> ledgers = new ArrayList<>();
    for (Lane lane : lanes) {
      LaneLedger ledger = lane.ledger();
      if (ledger.droppedTotal() > 0) {
        byte[] text = (LEDGER + ledger.line()).getBytes(UTF_8);
        ledgers.add(LogRecord.text(time, RecordTypes.OWN, null, text));
      }
    }
    for (Lane lane : lanes) {
      if (!lane.config.chain().isStandby() && lane.canSend()) {
        List<LogRecord> all = new ArrayList<>(lines.subList(lane.ownLinesAdded, lines.size()));
        all.addAll(ledgers);
        lane.ownLinesAdded = lines.size();
        for (LogRecord line : all) {
          if (memory.fits((long) line.sizeBytes() + Entry.OVERHEAD_BYTES)) {
            buffer.append(line, lane);
          }
        }
      }
    }
  }
}
