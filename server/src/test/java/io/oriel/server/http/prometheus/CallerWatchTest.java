package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CallerWatchTest {
  private final CallerWatch watch = new CallerWatch("test-watch", Duration.ofMillis(1));

  @AfterEach
  void close() {
    watch.close();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void who_waits_is_looked_at_again_and_again() throws InterruptedException {
    var looks = new CountDownLatch(3);

    watch.add(looks::countDown);

    await(looks);
  }

  @Test
  void it_rests_when_nobody_waits_and_wakes_when_somebody_comes() throws InterruptedException {
    while (!watch.rests()) Thread.onSpinWait();
    var looks = new CountDownLatch(2);

    watch.add(looks::countDown);

    await(looks);
  }

  @Test
  void one_who_fails_keeps_it_from_nobody_else() throws InterruptedException {
    var failures = new AtomicInteger();
    CallerWatch.Waiting failing =
        () -> {
          failures.incrementAndGet();
          throw new IllegalStateException("test");
        };
    var looks = new CountDownLatch(20);

    watch.add(failing);
    watch.add(looks::countDown);

    await(looks);
    assertThat(failures).hasValueLessThan(2);
  }
}
