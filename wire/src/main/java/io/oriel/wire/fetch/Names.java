package io.oriel.wire.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up host names. The system's resolver blocks the thread below a virtual one, so it is asked
 * on a few threads of its own: a name server that is silent delays those who wait for it, nobody
 * else. The threads go when nothing is asked.
 */
final class Names {
  private static final int AT_ONCE = 16;
  private static final ExecutorService LOOKUPS =
      new ThreadPoolExecutor(
          0,
          AT_ONCE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("names-", 0).factory());

  private Names() {}

  static InetAddress[] lookUp(String host, Deadline deadline)
      throws IOException, InterruptedException {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      return new InetAddress[] {InetAddress.ofLiteral(bare)};
    } catch (IllegalArgumentException e) {
      return ask(bare, deadline);
    }
  }

  private static InetAddress[] ask(String host, Deadline deadline)
      throws IOException, InterruptedException {
    try {
      Future<InetAddress[]> answer = LOOKUPS.submit(() -> InetAddress.getAllByName(host));
      return answer.get(deadline.remainingMs(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException | TimeoutException e) {
      throw new SocketTimeoutException("the name server did not answer");
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    }
  }
}
