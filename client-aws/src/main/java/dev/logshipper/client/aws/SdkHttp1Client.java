package dev.logshipper.client.aws;

import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.support.Http1Call;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.Http1Request;
import dev.logshipper.sink.support.Http1Response;
import dev.logshipper.sink.support.Proxies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Core's [Http1Client] as the SDK's HTTP client. Requests belong to the call begun last; one begun
/// later does not affect an earlier one. Thread-safe.
final class SdkHttp1Client implements SdkHttpClient {
  /// Firehose responds to 500 records with about 100 kB.
  private static final int RESPONSE_BYTES_MAX = 4 * 1024 * 1024;

  private final Http1Client client;
  private final Diagnostics diagnostics;
  private Http1Call call;
  private boolean warmingUp;

  /// The SDK drops most of it.
  private volatile String errorBody = "";

  /// @param tls called when first needed
  /// @param epochMillis wall clock
  /// @param proxies null for none
  SdkHttp1Client(
      Supplier<SSLSocketFactory> tls,
      LongSupplier epochMillis,
      @Nullable Proxies proxies,
      Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    client = new Http1Client("log-shipper-aws", RESPONSE_BYTES_MAX, tls, epochMillis, proxies);
    call = client.newCall();
  }

  /// Begins a call: requests prepared from now on belong to it.
  synchronized Http1Call begin() {
    call = client.newCall();
    warmingUp = false;
    return call;
  }

  /// Begins a call that sends nothing: each request connects, and ends with an [IOException].
  synchronized Http1Call beginWarmUp() {
    Http1Call begun = begin();
    warmingUp = true;
    return begun;
  }

  /// The body of the last response with a status of 300 and above.
  String errorBody() {
    return errorBody;
  }

  @Override
  public synchronized ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Prepared(this, request, call, warmingUp);
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String clientName() {
    return "LogShipper";
  }

  private void debug(Http1Request.Origin origin, SdkHttpRequest request, int status) {
    String bytes = request.firstMatchingHeader("Content-Length").orElse("0");
    diagnostics.debug(
        origin + ": " + request.method().name() + " of " + bytes + " bytes: status " + status);
  }

  private record Prepared(
      SdkHttp1Client client, HttpExecuteRequest request, Http1Call attempt, boolean warmingUp)
      implements ExecutableHttpRequest {

    @Override
    public HttpExecuteResponse call() throws IOException {
      Http1Request converted = converted(request);
      if (warmingUp) {
        attempt.connect(converted.origin());
        throw new IOException("this was a warm-up");
      }
      Http1Response response = attempt.execute(converted);
      if (response.status() >= 300) {
        client.errorBody = response.text();
      }
      if (client.diagnostics.isDebug()) {
        client.debug(converted.origin(), request.httpRequest(), response.status());
      }
      return converted(response);
    }

    @Override
    public void abort() {
      attempt.cancel();
    }
  }

  private static Http1Request converted(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest head = request.httpRequest();
    boolean secure = head.protocol().equalsIgnoreCase("https");
    Http1Request converted =
        new Http1Request(
            head.method().name(),
            new Http1Request.Origin(secure, head.host(), head.port()),
            head.encodedPath()
                + head.encodedQueryParameters().map(query -> "?" + query).orElse(""));
    for (Map.Entry<String, List<String>> header : head.headers().entrySet()) {
      converted.header(header.getKey(), String.join(",", header.getValue()));
    }
    ContentStreamProvider content = request.contentStreamProvider().orElse(null);
    if (content != null) {
      if (head.firstMatchingHeader("Content-Length").isEmpty()) {
        throw new IOException("a body of unknown length");
      }
      converted.body(
          0,
          out -> {
            try (InputStream body = content.newStream()) {
              body.transferTo(out);
            }
          });
    }
    return converted;
  }

  private static HttpExecuteResponse converted(Http1Response response) {
    SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(response.status());
    List<String> headers = response.headers();
    for (int i = 0; i < headers.size(); i += 2) {
      head.appendHeader(headers.get(i), headers.get(i + 1));
    }
    return HttpExecuteResponse.builder()
        .response(head.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(response.body())))
        .build();
  }
}
