package dev.logshipper.sink.http;

import dev.logshipper.format.BodyBuffer;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// A body of known length. "One shot" keeps OkHttp from sending it again on its own, as it would
/// after a 503 with `Retry-After: 0`. The buffer is borrowed until the request has ended.
final class OneShotBody extends RequestBody {
  private final BodyBuffer buffer;

  OneShotBody(BodyBuffer buffer) {
    this.buffer = buffer;
  }

  /// The type stands among the headers, where a user can replace it.
  @Override
  public @Nullable MediaType contentType() {
    return null;
  }

  @Override
  public long contentLength() {
    return buffer.size();
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws java.io.IOException {
    sink.write(buffer.array(), 0, buffer.size());
  }
}
