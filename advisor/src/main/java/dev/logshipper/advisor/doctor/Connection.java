package dev.logshipper.advisor.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Reaches a destination step by step: its name, a connection, TLS. Sends nothing.
final class Connection {
  private static final int MILLIS_MAX = 5_000;
  private static final int ADDRESSES_MAX = 4;

  private final String mode;
  private final Destination destination;
  private final List<Finding> findings = new ArrayList<>();

  private Connection(String mode, Destination destination) {
    this.mode = mode;
    this.destination = destination;
  }

  /// @param environment names proxies and private authorities, with which this check cannot decide
  static List<Finding> check(
      String mode, @Nullable Destination destination, Map<String, String> environment) {
    if (destination == null) {
      return List.of(Finding.note(mode + ": no address to connect to"));
    }
    String proxy = setOne(environment, proxies(mode));
    if (proxy != null) {
      return List.of(
          Finding.note(mode + ": " + proxy + " is set: use --send to check the way through it"));
    }
    Connection connection = new Connection(mode, destination);
    String authority = setOne(environment, List.of(prefix(mode) + "CA_FILE", "AWS_CA_BUNDLE"));
    connection.run(authority);
    return connection.findings;
  }

  private static String prefix(String mode) {
    return "PUSHER_" + mode.toUpperCase(Locale.ROOT) + "_";
  }

  private static List<String> proxies(String mode) {
    return List.of(
        prefix(mode) + "PROXY", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy");
  }

  private static @Nullable String setOne(Map<String, String> environment, List<String> names) {
    for (String name : names) {
      if (!environment.getOrDefault(name, "").isBlank()) {
        return name;
      }
    }
    return null;
  }

  private void run(@Nullable String authority) {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(destination.host());
    } catch (UnknownHostException e) {
      problem(
          "there is no host named " + destination.host(),
          "correct the URL; in a VPC, its DNS must know the name");
      return;
    }
    try (Socket socket = connected(addresses)) {
      socket.setSoTimeout(MILLIS_MAX);
      if (!destination.isTls()) {
        ok("connected to " + destination + ", without TLS");
      } else if (authority != null) {
        findings.add(
            Finding.note(
                mode
                    + ": connected to "
                    + destination
                    + "; "
                    + authority
                    + " is set: use --send to check TLS with it"));
      } else {
        handshake(socket);
      }
    } catch (ConnectException e) {
      problem(
          destination + " refuses the connection",
          "correct host and port, and check that the server runs");
    } catch (SocketTimeoutException e) {
      problem(
          destination + " did not respond within " + MILLIS_MAX / 1_000 + " s",
          "check security groups, firewalls and the way out of the VPC");
    } catch (IOException e) {
      problem(destination + " cannot be reached", "check the network");
    }
  }

  /// A connection to the first address that accepts one.
  private Socket connected(InetAddress[] addresses) throws IOException {
    for (int i = 0; ; i++) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(addresses[i], destination.port()), MILLIS_MAX);
        return socket;
      } catch (IOException e) {
        socket.close();
        if (i + 1 == Math.min(addresses.length, ADDRESSES_MAX)) {
          throw e;
        }
      }
    }
  }

  private void handshake(Socket socket) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket tls =
        (SSLSocket) factory.createSocket(socket, destination.host(), destination.port(), true)) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      ok("connected to " + destination + " with " + tls.getSession().getProtocol());
    } catch (SSLException e) {
      reportTls(e);
    } catch (SocketTimeoutException e) {
      reportTls(new SSLException(e));
    }
  }

  private void reportTls(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        String name = String.valueOf(cause.getMessage());
        problem(
            name.contains("subject alternative")
                ? "the certificate of " + destination + " is for another name"
                : "the certificate of " + destination + " is not trusted",
            "a private authority: ship its PEM file with the function and set "
                + (mode.equals("s3") || mode.equals("kinesis")
                    ? "AWS_CA_BUNDLE"
                    : prefix(mode) + "CA_FILE"));
        return;
      }
    }
    problem(
        destination + " did not complete the TLS handshake",
        "check that the port speaks TLS 1.2 or newer, and http:// or https:// in the URL");
  }

  private void ok(String text) {
    findings.add(Finding.ok(mode + ": " + text));
  }

  private void problem(String text, String hint) {
    findings.add(Finding.problem(mode + ": " + text, hint));
  }
}
