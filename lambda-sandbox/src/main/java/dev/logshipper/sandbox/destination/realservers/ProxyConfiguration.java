package dev.logshipper.sandbox.destination.realservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The configuration file of a reverse proxy that forwards everything to one origin and rejects
/// longer bodies; except for that, its defaults.
///
/// @param listenPort on the loopback interface
/// @param originPort on the loopback interface
record ProxyConfiguration(Path folder, int listenPort, int originPort, long bodyBytesMax) {

  /// The administration endpoint stays off.
  List<String> caddy(Path program) {
    Path file =
        write(
            "caddy.json",
            """
            {
              "admin": {"disabled": true, "config": {"persist": false}},
              "apps": {"http": {"servers": {"proxy": {
                "listen": ["127.0.0.1:%d"],
                "automatic_https": {"disable": true},
                "routes": [{"handle": [
                  {"handler": "request_body", "max_size": %d},
                  {"handler": "reverse_proxy", "upstreams": [{"dial": "127.0.0.1:%d"}]}
                ]}]
              }}}}
            }
            """
                .formatted(listenPort, bodyBytesMax, originPort));
    return List.of(program.toString(), "run", "--config", file.toString());
  }

  /// Usage is reported and new versions are looked up by default.
  List<String> traefik(Path program) {
    write(
        "routes.yml",
        """
        http:
          routers:
            all: {rule: "PathPrefix(`/`)", service: origin, middlewares: [limit], entryPoints: [web]}
          middlewares:
            limit: {buffering: {maxRequestBodyBytes: %d}}
          services:
            origin: {loadBalancer: {servers: [{url: "http://127.0.0.1:%d"}]}}
        """
            .formatted(bodyBytesMax, originPort));
    Path file =
        write(
            "traefik.yml",
            """
            global: {checkNewVersion: false, sendAnonymousUsage: false}
            entryPoints: {web: {address: "127.0.0.1:%d"}}
            providers: {file: {filename: "%s", watch: false}}
            """
                .formatted(listenPort, folder.resolve("routes.yml")));
    return List.of(program.toString(), "--configfile=" + file);
  }

  List<String> envoy(Path program) {
    Path file =
        write(
            "envoy.json",
            """
            {"static_resources": {
              "listeners": [{
                "address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}},
                "filter_chains": [{"filters": [{
                  "name": "envoy.filters.network.http_connection_manager",
                  "typed_config": {
                    "@type": "%s.network.http_connection_manager.v3.HttpConnectionManager",
                    "stat_prefix": "in",
                    "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [
                      {"match": {"prefix": "/"}, "route": {"cluster": "origin"}}
                    ]}]},
                    "http_filters": [
                      {"name": "envoy.filters.http.buffer", "typed_config": {
                        "@type": "%2$s.http.buffer.v3.Buffer", "max_request_bytes": %d}},
                      {"name": "envoy.filters.http.router", "typed_config": {
                        "@type": "%2$s.http.router.v3.Router"}}
                    ]
                  }
                }]}]
              }],
              "clusters": [{"name": "origin", "load_assignment": {
                "cluster_name": "origin",
                "endpoints": [{"lb_endpoints": [{"endpoint": {"address": {
                  "socket_address": {"address": "127.0.0.1", "port_value": %d}}}}]}]
              }}]
            }}
            """
                .formatted(
                    listenPort,
                    "type.googleapis.com/envoy.extensions.filters",
                    bodyBytesMax,
                    originPort));
    return List.of(
        program.toString(),
        "--config-path",
        file.toString(),
        "--concurrency",
        "1",
        "--disable-hot-restart",
        "--log-level",
        "error");
  }

  /// One process: a killed master would leave its workers.
  List<String> nginx(Path program) {
    Path file =
        write(
            "nginx.conf",
            """
            daemon off;
            master_process off;
            error_log stderr;
            pid %s/nginx.pid;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              client_max_body_size %d;
              server {
                listen 127.0.0.1:%d;
                location / { proxy_pass http://127.0.0.1:%d; }
              }
            }
            """
                .formatted(folder, bodyBytesMax, listenPort, originPort));
    return List.of(
        program.toString(), "-p", folder.toString(), "-e", "stderr", "-c", file.toString());
  }

  /// Without the five timeouts, as Debian sets them, it waits forever and warns.
  List<String> haproxy(Path program) {
    Path file =
        write(
            "haproxy.cfg",
            """
            defaults
              mode http
              timeout connect 5s
              timeout client 50s
              timeout server 50s
            frontend proxy
              bind 127.0.0.1:%d
              http-request deny deny_status 413 if { req.body_size gt %d }
              default_backend origin
            backend origin
              server origin 127.0.0.1:%d
            """
                .formatted(listenPort, bodyBytesMax, originPort));
    return List.of(program.toString(), "-db", "-f", file.toString());
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
