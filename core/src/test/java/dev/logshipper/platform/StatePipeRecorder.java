package dev.logshipper.platform;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// An in-memory pipe to the launcher that records its contents.
public final class StatePipeRecorder {
  private final StringBuilder content = new StringBuilder();
  private final List<String> history = new ArrayList<>();

  public StatePipe pipe() {
    return new StatePipe(new Writing(), new Reading());
  }

  /// The content that a successor would find now.
  public synchronized String content() {
    return content.toString();
  }

  /// All contents so far, including those during a change.
  public synchronized List<String> history() {
    return List.copyOf(history);
  }

  private final class Writing extends OutputStream {
    @Override
    public void write(int b) {
      throw new UnsupportedOperationException("a line is written in one piece");
    }

    @Override
    public void write(byte[] bytes) {
      synchronized (StatePipeRecorder.this) {
        content.append(new String(bytes, US_ASCII));
        history.add(content.toString());
      }
    }
  }

  private final class Reading extends InputStream {
    @Override
    public int read() {
      throw new UnsupportedOperationException("a line is read in one piece");
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      if (length == 0) {
        return 0;
      }
      synchronized (StatePipeRecorder.this) {
        byte[] taken = content.substring(0, length).getBytes(US_ASCII);
        System.arraycopy(taken, 0, bytes, from, length);
        content.delete(0, length);
        history.add(content.toString());
        return length;
      }
    }
  }
}
