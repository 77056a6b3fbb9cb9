#include "environment.h"

static const char *const NOT_FOR_JAVA[] = {
    "JAVA_TOOL_OPTIONS=", "_JAVA_OPTIONS=", "JDK_JAVA_OPTIONS=", "CLASSPATH=", "LD_LIBRARY_PATH=", "LD_PRELOAD=",
};

static char **all;

static bool is_for_java(const char *variable) {
  for (size_t i = 0; i < sizeof NOT_FOR_JAVA / sizeof *NOT_FOR_JAVA; i++) {
    if (starts_with(variable, NOT_FOR_JAVA[i])) return false;
  }
  return true;
}

void take_environment(char **variables) {
  char **kept = variables;
  all = variables;
  for (; *variables; variables++) {
    if (is_for_java(*variables)) *kept++ = *variables;
  }
  *kept = NULL;
}

char **environment(void) { return all; }

const char *variable(const char *name) {
  size_t length = length_of(name);
  for (char **each = all; *each; each++) {
    if (starts_with(*each, name) && (*each)[length] == '=') return *each + length + 1;
  }
  return "";
}

void each_variable(void (*seen)(const char *variable, void *state), void *state) {
  for (char **each = all; *each; each++) seen(*each, state);
}
