package dev.logshipper.sandbox.destination.realservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("real")
class RealProxyTest {
  private static final int BODY_BYTES_MAX = 65_536;

  @ParameterizedTest
  @EnumSource(names = {"CADDY", "TRAEFIK", "ENVOY", "NGINX", "HAPROXY"})
  void forwardedBodiesReachTheOrigin(Program program) throws Exception {
    Skip.unlessInstalled(program);
    try (RealProxy proxy = RealProxy.start(program, BODY_BYTES_MAX)) {
      assertThat(post(proxy, "1\n2\n")).isEqualTo(200);
      proxy.restart();
      assertThat(post(proxy, "3\n")).isEqualTo(200);

      assertThat(proxy.lines()).containsExactly("1", "2", "3");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CADDY", "TRAEFIK", "ENVOY", "NGINX", "HAPROXY"})
  void bodyOverTheLimitIsRejected(Program program) throws Exception {
    Skip.unlessInstalled(program);
    try (RealProxy proxy = RealProxy.start(program, BODY_BYTES_MAX)) {
      assertThat(post(proxy, "x".repeat(BODY_BYTES_MAX))).isEqualTo(200);
      assertThat(post(proxy, "x".repeat(BODY_BYTES_MAX + 1))).isEqualTo(413);
    }
  }

  private static int post(RealProxy proxy, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpCalls.request(proxy.url() + "/run");
    return HttpCalls.tried(request.POST(HttpRequest.BodyPublishers.ofString(body))).statusCode();
  }
}
