// The process that the platform starts as the extension.
#ifndef LAUNCHER_H
#define LAUNCHER_H

// Registers, runs Java, and starts it again when it dies. Returns the exit status.
//
// path: of this program's file
// variables: the environment, which is changed
int launch(const char *path, char **variables);

#endif
