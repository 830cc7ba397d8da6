package io.oriel.collect.container;

/** What an exit code says, in words. */
final class Ending {
  private Ending() {}

  static String of(int code, boolean wasOutOfMemory) {
    if (wasOutOfMemory) return "out of memory";
    return switch (code) {
      case 0 -> "done";
      case 125 -> "the runtime failed to start it";
      case 126 -> "its command can't be executed";
      case 127 -> "its command was not found";
      case 130 -> "interrupted (SIGINT)";
      case 132 -> "illegal instruction (SIGILL)";
      case 134 -> "aborted (SIGABRT)";
      case 135 -> "bus error (SIGBUS)";
      case 136 -> "arithmetic error (SIGFPE)";
      case 137 -> "killed (SIGKILL)";
      case 139 -> "segmentation fault (SIGSEGV)";
      case 143 -> "terminated (SIGTERM)";
      default -> code > 128 && code < 128 + 65 ? "signal " + (code - 128) : "failed";
    };
  }
}
