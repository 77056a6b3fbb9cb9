package dev.logshipper.spool;

import dev.logshipper.pipeline.Spool;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Diagnostics;
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

  private final String lane;
  private final SpoolFolder folder;
  private final Diagnostics diagnostics;
  private final Map<String, Path> files = new HashMap<>();
  private final Set<String> unwritten = new HashSet<>();
  private boolean hasComplained;

  LaneSpool(String lane, SpoolFolder folder, Diagnostics diagnostics) {
    this.lane = lane;
    this.folder = folder;
    this.diagnostics = diagnostics;
  }

  @Override
  public synchronized List<Batch> restore(long bytesMax) {
    List<Batch> batches = new ArrayList<>();
    int expired = 0;
    int damaged = 0;
    long bytes = 0;
    try {
      for (Path file : folder.filesOf(lane)) {
        if (files.containsValue(file)) {
          continue;
        }
        if (folder.epochMillis() - folder.writtenMillis(lane, file) > EXPIRY_MILLIS) {
          expired++;
          folder.delete(file);
          continue;
        }
        long size = folder.size(file);
        if (size > 2 * bytesMax) {
          continue;
        }
        bytes += size;
        if (bytes > bytesMax && !batches.isEmpty()) {
          break;
        }
        byte[] content = folder.read(file);
        SpoolFile.Contents contents =
            content == null ? SpoolFile.Contents.DAMAGED : SpoolFile.read(content);
        damaged += contents.isWhole() ? 0 : 1;
        Batch batch = contents.batch();
        if (batch == null || files.containsKey(batch.id())) {
          folder.delete(file);
        } else {
          batches.add(batch);
          files.put(batch.id(), file);
        }
      }
    } catch (IOException e) {
      complain("read", e);
    }
    int records = 0;
    for (Batch batch : batches) {
      records += batch.records().size();
    }
    report(records, expired, damaged);
    return batches;
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
  public synchronized void keep(List<Batch> batches) {
    Set<String> ids = new HashSet<>();
    for (Batch batch : batches) {
      ids.add(batch.id());
    }
    deleteExcept(ids);
    for (Batch batch : batches) {
      if (!files.containsKey(batch.id()) && !unwritten.contains(batch.id())) {
        write(batch);
      }
    }
  }

  private void deleteExcept(Set<String> ids) {
    unwritten.retainAll(ids);
    files
        .entrySet()
        .removeIf(entry -> {
          boolean isSettled = !ids.contains(entry.getKey());
          if (isSettled) {
            folder.delete(entry.getValue());
          }
          return isSettled;
        });
  }

  @Override
  public synchronized void left(List<Batch> batches) {
    // There may be room now.
    unwritten.clear();
    keep(batches);
    if (!files.isEmpty()) {
      diagnostics.info(lane + ": undelivered records are in the spool for the next process");
    }
  }

  private void write(Batch batch) {
    byte[] content = null;
    try {
      content = SpoolFile.write(batch, folder.room());
      if (content != null) {
        files.put(batch.id(), folder.write(lane, content));
      }
    } catch (IOException e) {
      content = null;
      complain("written", e);
    }
    if (content == null) {
      unwritten.add(batch.id());
    }
  }

  private void complain(String action, IOException e) {
    if (!hasComplained) {
      hasComplained = true;
      diagnostics.warn(
          lane + ": the spool cannot be " + action + ": " + e.getClass().getSimpleName());
    }
  }
}
