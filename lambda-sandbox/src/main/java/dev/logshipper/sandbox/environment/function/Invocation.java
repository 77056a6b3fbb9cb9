package dev.logshipper.sandbox.environment.function;

/// A [ScriptedFunction]'s view of one invocation. For use on the handler's thread.
public interface Invocation {

  /// Its identifier, as in all its platform events.
  String requestId();

  /// The caller's payload.
  String payload();

  /// Milliseconds until the function times out.
  long remainingMillis();

  /// Prints a line of text.
  void log(String line);

  /// Prints a line that is a JSON object. With [LogFormat#JSON] it is delivered as that object to
  /// subscribers whose schema has objects.
  void logJson(String rawJson);

  /// Sets the response.
  ///
  /// @param json any JSON value
  void respond(String json);

  /// Sleeps, as a stand-in for work.
  ///
  /// @throws InterruptedException when the environment is reset meanwhile
  void take(long millis) throws InterruptedException;

  /// Never returns: the function runs into its timeout.
  ///
  /// @throws InterruptedException when the environment is reset, the only way to end it
  void hang() throws InterruptedException;

  /// Ends the runtime's process, which Lambda calls `Runtime.ExitError`, with code 0 too: never
  /// returns.
  RuntimeException crash(int exitCode);

  /// Ends the runtime's process as the kernel does when a function has used up its memory: killed
  /// in the middle of its work. Lambda calls it `Runtime.OutOfMemory`. Extensions share the memory,
  /// but whether they are killed as well is not documented; here they keep running. Never returns.
  RuntimeException runOutOfMemory();
}
