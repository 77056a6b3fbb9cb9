package dev.logshipper.lifecycle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// The launcher's pipe, which remembers what stood in it.
final class SlateRecorder {
  private final StringBuilder content = new StringBuilder();
  private final List<String> history = new ArrayList<>();

  Slate slate() {
    return new Slate(new Writing(), new Reading());
  }

  /// What would be found if the process died now.
  synchronized String content() {
    return content.toString();
  }

  /// Each content the pipe ever had, during a change too.
  synchronized List<String> history() {
    return List.copyOf(history);
  }

  private final class Writing extends OutputStream {
    @Override
    public void write(int b) {
      throw new UnsupportedOperationException("a line is written in one piece");
    }

    @Override
    public void write(byte[] bytes) {
      synchronized (SlateRecorder.this) {
        content.append(new String(bytes, US_ASCII));
        history.add(content.toString());
      }
    }
  }

  private final class Reading extends InputStream {
    @Override
    public int read() {
      throw new UnsupportedOperationException("a line is taken in one piece");
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      if (length == 0) {
        return 0;
      }
      synchronized (SlateRecorder.this) {
        byte[] taken = content.substring(0, length).getBytes(US_ASCII);
        System.arraycopy(taken, 0, bytes, from, length);
        content.delete(0, length);
        history.add(content.toString());
        return length;
      }
    }
  }
}
