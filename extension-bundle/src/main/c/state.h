// The state pipe: one line of Java's, "<port> <subscribed|none> <phase>", which outlives each JVM.
#ifndef STATE_H
#define STATE_H

#include "text.h"

enum { STATE_BYTES_MAX = 128, STATE_DESCRIPTOR = 4 };

struct state {
  char port_and_subscription[STATE_BYTES_MAX]; // the first two words
  char phase[STATE_BYTES_MAX];                 // empty: Java died before its first line
};

// Opens the pipe; returns a negative number without /proc or descriptors, and Java then reports that it has no pipe.
long open_state_pipe(void);

// Empties the pipe. The last line counts.
void take_state(long pipe, struct state *state);

#endif
