package dev.logshipper.sandbox;

/// What a [ScriptedFunction] sees of one invocation. For use on the handler's thread.
public interface Invocation {

  /// Its identifier, as in all its platform events.
  String requestId();

  /// What the caller sent.
  String payload();

  /// Milliseconds until the function times out.
  long remainingMillis();

  /// Prints a line of text.
  void log(String line);

  /// Prints a line that is a JSON object. With [LogFormat#JSON] it is delivered as an object to
  /// those whose schema has objects.
  void logJson(String rawJson);

  /// Sets the answer.
  ///
  /// @param json any JSON value
  void respond(String json);

  /// Takes time, as work would.
  ///
  /// @throws InterruptedException when the environment is reset meanwhile
  void take(long millis) throws InterruptedException;

  /// Never comes back: the function runs into its timeout.
  ///
  /// @throws InterruptedException when the environment is reset, which is the only way out
  void hang() throws InterruptedException;

  /// Ends the runtime's process: never returns.
  RuntimeException crash(int exitCode);
}
