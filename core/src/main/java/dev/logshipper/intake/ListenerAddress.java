package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The address to bind to: the one to which the platform delivers, not reachable from outside.
public final class ListenerAddress {
  private static final String HOST = "sandbox.localdomain";

  private ListenerAddress() {}

  /// The address of `sandbox.localdomain`, or loopback where that name does not exist, as in local
  /// emulators.
  ///
  /// @param localPlatform whether the platform is on loopback itself; its deliveries then come from
  ///   there even if a name server knows another address
  public static InetAddress resolve(boolean localPlatform) {
    return resolve(Path.of("/etc/hosts"), localPlatform);
  }

  /// The hosts file comes first: in Lambda it contains the name. The resolver costs 20 ms before
  /// the first event, most of it for opening every jar to look for a custom resolver, and may use
  /// the network.
  static InetAddress resolve(Path hostsFile, boolean localPlatform) {
    try {
      for (String line : Files.readString(hostsFile, ISO_8859_1).split("\n", -1)) {
        int comment = line.indexOf('#');
        String entry = (comment < 0 ? line : line.substring(0, comment)).replace('\t', ' ').strip();
        if ((entry + " ").contains(" " + HOST + " ")) {
          return InetAddress.getByName(entry.substring(0, entry.indexOf(' ')));
        }
      }
    } catch (IOException _) {
      // No readable hosts file: ask the resolver.
    }
    return localPlatform ? InetAddress.getLoopbackAddress() : lookUp();
  }

  private static InetAddress lookUp() {
    try {
      return InetAddress.getAllByName(HOST)[0];
    } catch (UnknownHostException _) {
      return InetAddress.getLoopbackAddress();
    }
  }
}
