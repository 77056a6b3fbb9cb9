package dev.logshipper.spool;

import dev.logshipper.pipeline.Spool;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files of one lane. Not thread-safe, except that the closing thread takes over.
final class LaneSpool implements Spool.OfLane {
  /// Longer than an environment is usually idle.
  private static final long EXPIRY_MILLIS = 15 * 60_000L;

  private static final int FILE_BYTES = 512 << 10;

  private final String lane;
  private final SpoolFolder folder;
  private final Diagnostics diagnostics;
  private final List<Path> restored = new ArrayList<>();
  private final Map<String, List<Path>> failing = new HashMap<>();
  private boolean hasComplained;

  LaneSpool(String lane, SpoolFolder folder, Diagnostics diagnostics) {
    this.lane = lane;
    this.folder = folder;
    this.diagnostics = diagnostics;
  }

  @Override
  public synchronized List<LogRecord> restore(long bytesMax) {
    List<LogRecord> records = new ArrayList<>();
    int expired = 0;
    int damaged = 0;
    long bytes = 0;
    try {
      Set<Path> own = new HashSet<>(restored);
      failing.values().forEach(own::addAll);
      for (Path file : folder.filesOf(lane)) {
        if (own.contains(file)) {
          continue;
        }
        long age = folder.epochMillis() - folder.writtenMillis(lane, file);
        if (age > EXPIRY_MILLIS) {
          expired++;
          folder.delete(file);
          continue;
        }
        bytes += folder.size(file);
        if (bytes > bytesMax) {
          break;
        }
        byte[] content = folder.read(file);
        SpoolFile.Contents contents =
            content == null ? new SpoolFile.Contents(List.of(), false) : SpoolFile.read(content);
        damaged += contents.isWhole() ? 0 : 1;
        records.addAll(contents.records());
        if (contents.records().isEmpty()) {
          folder.delete(file);
        } else {
          restored.add(file);
        }
      }
    } catch (IOException e) {
      complain("read", e);
    }
    report(records.size(), expired, damaged);
    return records;
  }

  private void report(int records, int expired, int damaged) {
    if (expired + damaged > 0) {
      diagnostics.warn(
          lane
              + ": spool: "
              + records
              + " records restored, files expired: "
              + expired
              + ", damaged: "
              + damaged);
    } else if (records > 0) {
      diagnostics.info(lane + ": spool: " + records + " records restored");
    }
  }

  @Override
  public synchronized void restoredAreSettled() {
    for (Path file : restored) {
      folder.delete(file);
    }
    restored.clear();
  }

  @Override
  public synchronized void failing(List<Batch> batches) {
    Set<String> ids = new HashSet<>();
    for (Batch batch : batches) {
      ids.add(batch.id());
      if (!failing.containsKey(batch.id())) {
        failing.put(batch.id(), write(batch.records()));
      }
    }
    failing
        .entrySet()
        .removeIf(entry -> {
          boolean isSettled = !ids.contains(entry.getKey());
          if (isSettled) {
            entry.getValue().forEach(folder::delete);
          }
          return isSettled;
        });
  }

  @Override
  public synchronized void left(List<LogRecord> records) {
    // Deleted first: a file of the same records would be in the way of its own room. The records
    // are
    // in memory, and this process ends in order.
    failing.values().forEach(files -> files.forEach(folder::delete));
    failing.clear();
    restoredAreSettled();
    if (!write(records).isEmpty()) {
      diagnostics.info(lane + ": undelivered records are in the spool for the next process");
    }
  }

  /// Writes files that each fit into the memory of the next process.
  private List<Path> write(List<LogRecord> records) {
    List<Path> files = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    try {
      for (int to = 0; to < records.size(); to++) {
        bytes += records.get(to).sizeBytes();
        if (bytes >= FILE_BYTES || to == records.size() - 1) {
          byte[] content = SpoolFile.write(records.subList(from, to + 1), folder.room());
          if (content != null) {
            files.add(folder.write(lane, content));
          }
          from = to + 1;
          bytes = 0;
        }
      }
    } catch (IOException e) {
      complain("written", e);
    }
    return files;
  }

  private void complain(String action, IOException e) {
    if (!hasComplained) {
      hasComplained = true;
      diagnostics.warn(
          lane + ": the spool cannot be " + action + ": " + e.getClass().getSimpleName());
    }
  }
}
