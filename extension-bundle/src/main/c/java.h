// Java, the launcher's child.
#ifndef JAVA_H
#define JAVA_H

#include "layer.h"
#include "text.h"

// The arguments and descriptors of one start.
struct start {
  const struct jvm *jvm;
  const char *name, *identifier, *registration;
  bool with_plugins;
  const char *state;         // of a predecessor; empty without one
  long listening_socket;     // Java's standard input; negative: /dev/null
  long connection;           // Java's standard output; negative: /dev/null, and Java opens its own
  long state_pipe;
};

// The end of a run of Java.
struct end {
  int status;  // as a shell reports it: 128 and the signal for a signal
  long error;  // why it could not be started, as a negative error number; 0 if it was
};

// Starts Java and waits until it ends.
struct end run_java(const struct start *start);

// Why Java could not be started, in words.
void explain(long error, struct text *reason);

#endif
