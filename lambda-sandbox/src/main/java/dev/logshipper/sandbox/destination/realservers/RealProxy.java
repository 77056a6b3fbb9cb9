package dev.logshipper.sandbox.destination.realservers;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A real reverse proxy before an HTTP destination that remembers the requests it forwards. It
/// rejects bodies over its limit with 413.
public final class RealProxy extends RealDestination {
  private final HttpDestination origin;
  private final String url;

  private RealProxy(ServerProcess process, HttpDestination origin, String url) {
    super(process);
    this.origin = origin;
    this.url = url;
  }

  /// Starts the proxy and its origin, and waits until a request reaches the origin.
  ///
  /// @param program one of the reverse proxies
  /// @throws IllegalStateException when it is not installed or does not start
  public static RealProxy start(Program program, long bodyBytesMax) {
    Path path = program.path();
    Path folder = ServerProcess.newFolder(program.name());
    HttpDestination origin = HttpDestination.start();
    int port = ServerProcess.freePort();
    String url = "http://127.0.0.1:" + port;
    ProxyConfiguration file = new ProxyConfiguration(folder, port, origin.port(), bodyBytesMax);
    try {
      ServerProcess process =
          ServerProcess.start(
              command(program, path, file),
              Map.of("HOME", folder.toString(), "XDG_DATA_HOME", folder.toString()),
              folder,
              () -> HttpCalls.tried(HttpCalls.request(url)).statusCode() == 200);
      origin.clear();
      return new RealProxy(process, origin, url);
    } catch (IllegalStateException e) {
      origin.close();
      throw e;
    }
  }

  private static List<String> command(Program program, Path path, ProxyConfiguration file) {
    return switch (program) {
      case CADDY -> file.caddy(path);
      case TRAEFIK -> file.traefik(path);
      case ENVOY -> file.envoy(path);
      case NGINX -> file.nginx(path);
      case HAPROXY -> file.haproxy(path);
      default -> throw new IllegalArgumentException(program + " is not a reverse proxy");
    };
  }

  @Override
  public String url() {
    return url;
  }

  /// The forwarded requests, among them those that [#restart()] sends to see the proxy serve.
  public List<ReceivedRequest> requests() {
    return origin.requests();
  }

  @Override
  public List<String> lines() {
    return origin.lines();
  }

  @Override
  public void close() {
    super.close();
    origin.close();
  }
}
