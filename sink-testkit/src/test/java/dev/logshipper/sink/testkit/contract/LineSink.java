package dev.logshipper.sink.testkit.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.support.TimeLimiter;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A correct sink: posts each record as a line with a JSON string, over one socket.
class LineSink implements Sink {
  static final BatchLimits LIMITS = new BatchLimits(100, 8_000, 2_000, 3);

  /// Smaller than a full batch of quotes, which need two bytes each.
  static final int REQUEST_BYTES_MAX = 12_000;

  private final String address;
  private @Nullable Socket kept;
  private boolean cancelled;

  LineSink(String address) {
    this.address = address;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int count = encode(batch.records(), body);
    synchronized (this) {
      cancelled = false;
    }
    String id = batch.id();
    try {
      SendResult result =
          TimeLimiter.run("line-sink", () -> exchange(id, body), this::cancel, deadline);
      boolean all = count == batch.records().size() || !result.equals(SendResult.DELIVERED);
      return all ? result : new SendResult.Progress(count);
    } catch (TimeoutException _) {
      return SendResult.retry("timed out");
    }
  }

  /// Encodes the first records that fit into a request.
  private static int encode(List<LogRecord> records, ByteArrayOutputStream body)
      throws IOException {
    int count = 0;
    for (LogRecord record : records) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      record.writeJsonStringTo(line);
      line.write('\n');
      if (body.size() + line.size() > REQUEST_BYTES_MAX) {
        break;
      }
      line.writeTo(body);
      count++;
    }
    return count;
  }

  private SendResult exchange(String id, ByteArrayOutputStream body) throws IOException {
    Socket pooled = kept;
    if (pooled != null) {
      try {
        return over(pooled, id, body);
      } catch (IOException dead) {
        pooled.close();
        if (!mayResend()) {
          throw dead;
        }
      }
    }
    return over(connect(), id, body);
  }

  /// Returns whether to resend at once after a dead pooled connection.
  boolean mayResend() {
    return !isCancelled();
  }

  private SendResult over(Socket socket, String id, ByteArrayOutputStream body) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String head =
        "POST / HTTP/1.1\r\nBatch-Id: " + id + "\r\nContent-Length: " + body.size() + "\r\n\r\n";
    request.write(head.getBytes(ISO_8859_1));
    body.writeTo(request);
    socket.getOutputStream().write(request.toByteArray());
    InputStream in = new BufferedInputStream(socket.getInputStream());
    int status = Integer.parseInt(line(in).split(" ", 3)[1]);
    Duration after = Duration.ZERO;
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      String value = header.substring(header.indexOf(':') + 1).strip();
      if (lower.startsWith("retry-after:")) {
        after = Duration.ofSeconds(Long.parseLong(value));
      } else if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(value);
      }
    }
    return result(status, after, new String(in.readNBytes(length), ISO_8859_1));
  }

  private static SendResult result(int status, Duration after, String body) {
    return switch (status) {
      case 200 -> SendResult.DELIVERED;
      case 207 -> {
        String[] parts = body.split(";", -1);
        yield new SendResult.Partial(indexes(parts[0]), indexes(parts[1]), "status 207");
      }
      case 429, 503 -> SendResult.busy(after, "status " + status);
      default -> SendResult.rejected("status " + status);
    };
  }

  private static List<Integer> indexes(String text) {
    List<Integer> indexes = new ArrayList<>();
    for (String index : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      indexes.add(Integer.parseInt(index));
    }
    return indexes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("no response");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  private Socket connect() throws IOException {
    int colon = address.indexOf(':');
    Socket fresh =
        new Socket(
            InetAddress.ofLiteral(address.substring(0, colon)),
            Integer.parseInt(address.substring(colon + 1)));
    keep(fresh);
    return fresh;
  }

  private synchronized void keep(Socket fresh) throws IOException {
    if (cancelled) {
      fresh.close();
    } else {
      kept = fresh;
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private synchronized void cancel() {
    cancelled = true;
    close();
  }

  @Override
  public synchronized void close() {
    Socket open = kept;
    kept = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException _) {
      // It is closed either way.
    }
  }

  @Override
  public String toString() {
    return "lines sink to " + address;
  }
}
