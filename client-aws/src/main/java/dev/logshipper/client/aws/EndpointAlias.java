package dev.logshipper.client.aws;

import dev.logshipper.config.Authority;
import java.net.URI;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/// An endpoint by a host that [URI] does not know as one, such as `project_minio`, and with it the
/// SDK. The SDK is configured with a similar host, and each request gets the true one before it is
/// signed. Immutable.
///
/// @param url for the SDK
/// @param alias the host in it
/// @param host the true one
record EndpointAlias(URI url, String alias, String host) implements ExecutionInterceptor {

  static EndpointAlias of(URI endpoint) {
    Authority authority = Authority.require(endpoint);
    String host = authority.host();
    if (endpoint.getHost() != null) {
      return new EndpointAlias(endpoint, host, host);
    }
    String alias = "x" + host.replace('_', 'x').replace('-', 'x').replace('.', 'x');
    String port = authority.port() < 0 ? "" : ":" + authority.port();
    String path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath();
    return new EndpointAlias(
        URI.create(endpoint.getScheme() + "://" + alias + port + path), alias, host);
  }

  boolean isNeeded() {
    return !alias.equals(host);
  }

  /// The host may have the name of a bucket in front.
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    String given = request.host();
    if (!given.endsWith(alias)) {
      return request;
    }
    String bucket = given.substring(0, given.length() - alias.length());
    return request.toBuilder().host(bucket + host).build();
  }
}
