package io.oriel.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a thread ends by what nobody caught. Loops catch what a round of theirs throws,
 * so this is a defect: it is never silent. An {@link Error} ends the process, since half of it
 * would be worse than none: whoever supervises it starts it again, and the log on disk brings all
 * back.
 */
final class LostThreads implements Thread.UncaughtExceptionHandler {
  static final int EXIT_CODE = 3; // as the JVM's own ExitOnOutOfMemoryError has it
  private static final Logger log = LoggerFactory.getLogger(LostThreads.class);

  private final Runnable end;

  LostThreads(Runnable end) {
    this.end = end;
  }

  /** From now on, for all threads that have no handler of their own. */
  static void watch() {
    Thread.setDefaultUncaughtExceptionHandler(
        new LostThreads(() -> Runtime.getRuntime().halt(EXIT_CODE)));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    boolean ends = failure instanceof Error;
    try {
      log.error(
          "a thread ended by a defect of Oriel thread={}{}",
          thread.getName(),
          ends ? "; the process ends too: start it again" : "",
          failure);
    } finally { // no memory for a line is no reason to stay half
      if (ends) end.run();
    }
  }
}
