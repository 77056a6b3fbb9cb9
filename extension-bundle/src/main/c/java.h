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
  const char *death;         // its status; empty without one
  long listening_socket;     // Java's standard input; negative: /dev/null
  long connection;           // Java's standard output; negative: /dev/null, and Java opens its own
  long state_pipe;
};

// Statuses of a Java that could not be executed, as a shell reports them.
enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127 };

// Starts Java and waits until it ends. Returns its status as a shell reports it: 128 and the signal for a signal.
int run_java(const struct start *start);

// Why Java could not be executed, in words.
void explain(int status, struct text *reason);

#endif
