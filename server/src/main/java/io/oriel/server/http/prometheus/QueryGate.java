package io.oriel.server.http.prometheus;

import io.oriel.model.Clock;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.HeldBytes;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets queries in: so many compute at a time, on platform threads of their own, so many wait, more
 * are refused by name. An answer's bytes are counted until the last of them is written, so that
 * slow readers can't pile up answers in memory.
 *
 * <p>Each caller waits on their own virtual thread; one thread for all looks now and then whether
 * they are still there, and stops their query when not.
 */
public final class QueryGate implements AutoCloseable {
  private static final String UNREAD = "what finished answers hold until they are read";
  private static final long SMALL_NANOS = 2_000_000;
  private static final Duration GROWN = Duration.ofMillis(10); // a small query that takes so long
  private static final String CLOSING = "Oriel is closing";
  private static final long IDLE_SECONDS = 30; // a thread without work goes after so long

  private final Limits limits;
  private final Clock clock;
  private final ThreadPoolExecutor threads;
  private final SmallQueries small = new SmallQueries();
  private final Semaphore here; // for queries on the threads of requests
  private final CallerWatch watch = new CallerWatch("query-watch");
  private final Semaphore places;
  private final HeldBytes answers;
  private final Counter queries;
  private final Histogram seconds;

  public QueryGate(Limits limits, Clock clock, PrometheusRegistry registry) {
    this.limits = limits;
    this.clock = clock;
    long atOnce = limits.of(Limit.QUERIES_AT_ONCE);
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    int size = (int) Math.max(1, Math.min(atOnce, cores));
    this.places = new Semaphore((int) Math.min(1 << 20, atOnce + limits.of(Limit.QUERIES_WAITING)));
    this.here = new Semaphore(Runtime.getRuntime().availableProcessors() / 2); // the rest go on
    this.answers = new HeldBytes(limits, Limit.ANSWERS_BYTES);
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // bounded by the places
            Thread.ofPlatform().name("query-", 1).daemon().factory());
    this.threads.allowCoreThreadTimeOut(true);
    this.queries =
        Counter.builder()
            .name("oriel_queries_total")
            .help("Queries, by how they ended.")
            .labelNames("outcome")
            .register(registry);
    this.seconds =
        Histogram.builder()
            .name("oriel_query_seconds")
            .help("Time from a query's arrival to its answer, waiting included.")
            .classicOnly()
            .classicUpperBounds(0.001, 0.01, 0.1, 0.5, 1, 5, 30, 120)
            .register(registry);
    GaugeWithCallback.builder()
        .name("oriel_queries_waiting")
        .help("Queries that wait for a thread to compute on.")
        .callback(gauge -> gauge.call(threads.getQueue().size()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("oriel_answers_held_bytes")
        .help("Bytes of finished answers that wait for their readers.")
        .callback(gauge -> gauge.call((double) answers.held()))
        .register(registry);
  }

  /**
   * Computes an answer and writes it; it is counted until it is written.
   *
   * @param question a hash of all that decides how much work it is
   */
  Answer answer(
      Call call,
      int question,
      QueryOptions options,
      Function<QueryOptions, QueryAnswer> query,
      Function<QueryAnswer, Answer> writer) {
    answers.refuseWhereFull(UNREAD);
    if (!places.tryAcquire()) {
      queries.labelValues("refused").inc();
      throw new Refusal.LimitReached(
          Limit.QUERIES_WAITING, limits.of(Limit.QUERIES_WAITING), "the queue of queries");
    }
    var held = new AtomicLong();
    try {
      Answer answer = writer.apply(run(call, question, options, counted(query, held)));
      var body = new Releasing(answer.body(), answers, held);
      return new Answer(answer.status(), answer.headers(), body);
    } catch (Throwable failure) {
      answers.give(held.getAndSet(0));
      throw failure;
    } finally {
      places.release();
    }
  }

  /** Counts an answer on the thread that computed it, before that begins with the next. */
  private Function<QueryOptions, QueryAnswer> counted(
      Function<QueryOptions, QueryAnswer> query, AtomicLong held) {
    return options -> {
      QueryAnswer answer = query.apply(options);
      long bytes = AnswerSize.of(answer);
      answers.take(bytes, UNREAD);
      held.set(bytes);
      if (options.cancelled().getAsBoolean())
        answers.give(held.getAndSet(0)); // nobody waits for it
      return answer;
    };
  }

  private QueryAnswer run(
      Call call, int question, QueryOptions options, Function<QueryOptions, QueryAnswer> query) {
    long arrived = clock.nanos();
    try {
      QueryAnswer answer = small.has(question) ? runHere(question, options, query) : null;
      if (answer == null) answer = runThere(call, question, options, query, arrived);
      queries.labelValues("answered").inc();
      return answer;
    } catch (Refusal refusal) {
      queries.labelValues(refusal instanceof Refusal.Cancelled ? "cancelled" : "refused").inc();
      throw refusal;
    } catch (RuntimeException | Error defect) {
      queries.labelValues("failed").inc();
      throw defect;
    } finally {
      seconds.observe((clock.nanos() - arrived) / 1e9);
    }
  }

  /**
   * Computes what was small before on the request's own thread: waking another one and being woken
   * takes as long as the work. Null where threads are busy, or where it has grown: then it begins
   * anew on a thread for queries.
   */
  private @Nullable QueryAnswer runHere(
      int question, QueryOptions options, Function<QueryOptions, QueryAnswer> query) {
    if (threads.getActiveCount() == threads.getMaximumPoolSize() || !here.tryAcquire()) return null;
    try {
      Duration most = options.timeout().compareTo(GROWN) < 0 ? options.timeout() : GROWN;
      return query.apply(options.withTimeout(most));
    } catch (Refusal.TimedOut _) {
      small.learn(question, false);
      return null;
    } finally {
      here.release();
    }
  }

  private QueryAnswer runThere(
      Call call,
      int question,
      QueryOptions options,
      Function<QueryOptions, QueryAnswer> query,
      long arrived) {
    long deadline = arrived + options.timeout().toNanos();
    var cancelled = new AtomicBoolean();
    var turn = new AtomicBoolean(); // taken by the thread that computes, or by who waited too long
    Future<QueryAnswer> computing =
        threads.submit(() -> {
          long begun = clock.nanos();
          Duration left = Duration.ofNanos(deadline - begun);
          if (!turn.compareAndSet(false, true) || !left.isPositive()) throw late(options.timeout());
          QueryAnswer answer = query.apply(options.withTimeout(left).withCancelled(cancelled::get));
          small.learn(question, clock.nanos() - begun < SMALL_NANOS);
          return answer;
        });
    return await(
        computing, new Caller(call, computing, cancelled, turn, deadline, options.timeout()));
  }

  private QueryAnswer await(Future<QueryAnswer> computing, Caller caller) {
    watch.add(caller);
    try {
      return computing.get();
    } catch (CancellationException _) {
      throw caller.reason();
    } catch (InterruptedException _) {
      throw caller.stop(cancelled(CLOSING));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) throw failure;
      if (e.getCause() instanceof Error failure) throw failure;
      throw new IllegalStateException(e.getCause());
    } finally {
      caller.done();
      watch.remove(caller);
    }
  }

  /** Somebody who waits for a query, and what ends it before its time. */
  private final class Caller implements CallerWatch.Waiting {
    private final Call call;
    private final Future<?> computing;
    private final AtomicBoolean cancelled;
    private final AtomicBoolean turn;
    private final long deadline;
    private final Duration timeout;
    private @Nullable Refusal reason;
    private boolean done;

    Caller(
        Call call,
        Future<?> computing,
        AtomicBoolean cancelled,
        AtomicBoolean turn,
        long deadline,
        Duration timeout) {
      this.call = call;
      this.computing = computing;
      this.cancelled = cancelled;
      this.turn = turn;
      this.deadline = deadline;
      this.timeout = timeout;
    }

    /** Not after {@link #done}: then the socket is read by who handles the next request. */
    @Override
    public synchronized void look() {
      if (done || computing.isDone()) return;
      if (call.gone()) stop(cancelled("the caller went away"));
      else if (clock.nanos() > deadline && turn.compareAndSet(false, true)) stop(late(timeout));
    }

    synchronized Refusal stop(Refusal why) {
      if (reason == null) reason = why;
      cancelled.set(true);
      computing.cancel(false); // not begun: never begins; begun: asks the flag and ends by itself
      return reason;
    }

    synchronized Refusal reason() {
      return reason == null ? cancelled(CLOSING) : reason;
    }

    synchronized void done() {
      done = true;
    }
  }

  private static Refusal cancelled(String why) {
    return new Refusal.Cancelled("query was canceled: " + why);
  }

  private static Refusal late(Duration timeout) {
    return new Refusal.TimedOut(
        "query timed out in query queue after %.3f s".formatted(timeout.toMillis() / 1e3),
        "ask again later, or for less");
  }

  @Override
  public void close() {
    watch.close();
    for (Runnable waiting : threads.shutdownNow()) {
      if (waiting instanceof Future<?> never) never.cancel(false);
    }
  }

  /** A body that is not counted any more once it is written, or can't be. */
  private record Releasing(Answer.Body body, HeldBytes answers, AtomicLong held)
      implements Answer.Body {
    @Override
    public void write(OutputStream out) throws IOException {
      body.write(out);
    }

    @Override
    public void done() {
      answers.give(held.getAndSet(0));
    }

    @Override
    public long length() {
      return body.length();
    }
  }
}
