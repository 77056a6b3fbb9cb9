// The launcher with a C library, for the sanitizers, which need one.

#include "../../main/c/launcher.h"

int main(int count, char **arguments, char **variables) {
  (void)count;
  return launch(arguments[0], variables);
}
