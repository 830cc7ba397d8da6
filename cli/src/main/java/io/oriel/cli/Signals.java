package io.oriel.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals as a queue: SIGINT and SIGTERM ask to stop, SIGHUP asks to read the configuration again.
 * A second request to stop ends the process at once.
 *
 * <p>The JDK has no other way to hear of SIGHUP than {@code sun.misc.Signal}, which the compiler
 * warns of whenever it is named; so it is reached by reflection.
 */
final class Signals implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Signals.class);
  private static final int INTERRUPTED = 130; // what a shell shows after Ctrl-C

  /** What a signal asks for. */
  enum Asked {
    STOP,
    RELOAD
  }

  private final BlockingQueue<Asked> inbox = new LinkedBlockingQueue<>();
  private volatile boolean stopping;

  private Signals() {}

  static Signals listen() {
    var signals = new Signals();
    signals.on("INT", signals::stop);
    signals.on("TERM", signals::stop);
    signals.on("HUP", () -> signals.inbox.add(Asked.RELOAD));
    return signals;
  }

  /** Waits for the next one. */
  Asked next() throws InterruptedException {
    return inbox.take();
  }

  private void stop() {
    if (stopping) Runtime.getRuntime().halt(INTERRUPTED);
    stopping = true;
    inbox.add(Asked.STOP);
  }

  @SuppressWarnings("ReferenceEquality") // what equality of handlers means
  private void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler call =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  action.run();
                  yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "handler of SIG" + name;
              };
      Object proxy =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, call);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.warn("signal can't be listened to signal=SIG{} reason={}", name, e.getMessage());
    }
  }

  /** From now on a signal does what the JVM does with it. */
  @Override
  public void close() {
    stopping = true;
  }
}
