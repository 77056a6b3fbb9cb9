package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where to bind: the address to which the platform delivers, and none that the outside could
/// reach.
public final class ListenerAddress {
  private static final String HOST = "sandbox.localdomain";

  private ListenerAddress() {}

  /// The address of `sandbox.localdomain`, or loopback where that name does not exist, as in local
  /// emulators.
  ///
  /// @param localPlatform whether the platform is on loopback itself; whatever a name server would
  ///   say, its deliveries come from there
  public static InetAddress resolve(boolean localPlatform) {
    return resolve(Path.of("/etc/hosts"), localPlatform);
  }

  /// The hosts file is looked at first: in Lambda the name stands there. The resolver costs 20 ms
  /// before the first event, most of it for opening every jar to look for a stranger's resolver,
  /// and may ask the network.
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
      // No readable hosts file: the resolver may know more.
    }
    return localPlatform ? InetAddress.getLoopbackAddress() : asked();
  }

  private static InetAddress asked() {
    try {
      return InetAddress.getAllByName(HOST)[0];
    } catch (UnknownHostException _) {
      return InetAddress.getLoopbackAddress();
    }
  }
}
