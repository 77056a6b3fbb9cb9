package dev.logshipper.bundle;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A root file system without a shell or any other program, as that of an image built from scratch.
public final class BareRoot {
  private BareRoot() {}

  /// The command that runs a program in a root. Where this user may not change the root, the test
  /// is skipped.
  ///
  /// @param program its path in there
  static List<String> command(Path root, String program) throws InterruptedException {
    requireUnshare();
    return List.of("/usr/bin/unshare", "--map-root-user", "--root=" + root, program);
  }

  /// A script instead of a launcher; it runs the one of `layer` in a root with nothing but the
  /// layer, glibc, `/proc` and `/dev`.
  ///
  /// @param root an empty folder
  public static String script(Path root, Path layer) throws IOException, InterruptedException {
    requireUnshare();
    for (String folder : List.of("opt", "proc", "dev", "etc", "tmp", "lib64")) {
      Files.createDirectories(root.resolve(folder));
    }
    return """
    #!/bin/bash
    exec /usr/bin/unshare --map-root-user --mount /bin/bash -c '
      root=$1 layer=$2 java=$2/log-shipper/runtime/bin/java
      while read -r library; do
        mkdir -p "$root${library%%/*}" && cp -L "$library" "$root$library"
      done < <(/usr/bin/ldd "$java" "${java%%/bin/java}"/lib/*.so "${java%%/bin/java}"/lib/server/*.so |
        /usr/bin/grep -o "/lib[^ ]*/[^/ ]*\\.so[^ ]*" | /usr/bin/grep -v "^$layer" | /usr/bin/sort -u)
      mount --rbind /proc "$root/proc" && mount --rbind /dev "$root/dev" && mount --bind "$layer" "$root/opt" &&
        exec /usr/sbin/chroot "$root" /opt/extensions/log-shipper' bash '%s' '%s'
    """
        .formatted(root, layer.toAbsolutePath().normalize());
  }

  private static void requireUnshare() throws InterruptedException {
    try {
      Process trial =
          new ProcessBuilder("/usr/bin/unshare", "--map-root-user", "--mount", "/bin/true").start();
      assumeTrue(trial.waitFor() == 0, "this user may not change the root");
    } catch (IOException _) {
      abort("no unshare");
    }
  }
}
