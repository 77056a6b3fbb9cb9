package dev.logshipper.client.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/// Marks a request that ends just before it is sent.
final class WarmUpTag {
  private static final WarmUpTag MARK = new WarmUpTag();

  private WarmUpTag() {}

  static Request of(Request request) {
    return request.newBuilder().tag(WarmUpTag.class, MARK).build();
  }

  /// A network interceptor runs once a connection is established and before anything is written.
  static Response endBeforeSending(Interceptor.Chain chain) throws IOException {
    if (chain.request().tag(WarmUpTag.class) != null) {
      throw new IOException("this was a warm-up");
    }
    return chain.proceed(chain.request());
  }
}
