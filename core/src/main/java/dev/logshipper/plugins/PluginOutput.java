package dev.logshipper.plugins;

import java.io.OutputStream;
import java.io.PrintStream;

/// Discards what plugins print to `System.out` and `System.err`: the platform may deliver an
/// extension's output as log records, so that a plugin which prints in each send would feed itself.
/// A plugin is recognized by the context class loader, which threads inherit; all other output
/// passes.
///
/// Thread-safe.
final class PluginOutput extends OutputStream {
  private static boolean isInstalled;

  private final PrintStream original;

  private PluginOutput(PrintStream original) {
    this.original = original;
  }

  /// Replaces both streams of the process, once.
  static synchronized void discard() {
    if (!isInstalled) {
      System.setOut(new PrintStream(new PluginOutput(System.out), true, System.out.charset()));
      System.setErr(new PrintStream(new PluginOutput(System.err), true, System.err.charset()));
      isInstalled = true;
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (Thread.currentThread().getContextClassLoader() instanceof PluginClassLoader plugin) {
      plugin.hasPrinted = true;
    } else {
      original.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() {
    original.flush();
  }
}
