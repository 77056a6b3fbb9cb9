// The variables of the process.
#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H

#include "text.h"

// Keeps the environment, without the variables that are meant for the function's own Java and libraries.
void take_environment(char **variables);

// All of it, for Java.
char **environment(void);

// The value; an empty text if the variable is not set.
const char *variable(const char *name);

// Calls back with each variable, as NAME=VALUE.
void each_variable(void (*seen)(const char *variable, void *state), void *state);

#endif
