package io.oriel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LostThreadsTest {
  private final AtomicInteger ended = new AtomicInteger();

  private void lose(Throwable failure) throws InterruptedException {
    Thread thread =
        Thread.ofPlatform()
            .uncaughtExceptionHandler(new LostThreads(ended::incrementAndGet))
            .start(() -> raise(failure));
    thread.join();
  }

  private static void raise(Throwable failure) {
    if (failure instanceof Error error) throw error;
    throw (RuntimeException) failure;
  }

  @Test
  void an_error_that_nobody_caught_ends_the_process() throws InterruptedException {
    lose(new OutOfMemoryError("Java heap space"));

    assertThat(ended).hasValue(1);
  }

  @Test
  void an_exception_that_nobody_caught_is_said_and_the_rest_goes_on() throws InterruptedException {
    lose(new IllegalStateException("a defect"));

    assertThat(ended).hasValue(0);
  }
}
