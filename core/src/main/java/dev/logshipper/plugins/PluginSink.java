package dev.logshipper.plugins;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;

/// A stranger's sink as core sees it: its code runs with its own context class loader, it throws
/// nothing but what the SPI allows, and what it fails to link is told with the name of its jar.
///
/// @param jarName for messages
record PluginSink(Sink sink, BatchLimits limits, String jarName, PluginClassLoader loader)
    implements Sink {

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    try (PluginClassLoader.Stay _ = loader.enter()) {
      return sink.send(batch, deadline);
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      return SendResult.retry(jarName + ": " + Fault.of(e));
    }
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    try (PluginClassLoader.Stay _ = loader.enter()) {
      sink.warmUp(batch, deadline);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }

  @Override
  public void close() {
    try (PluginClassLoader.Stay _ = loader.enter()) {
      sink.close();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }
}
