package io.oriel.engines.prometheus;

import io.oriel.model.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One of the ways to the receiver. A series always goes the same, and one request at a time is on
 * it: so samples of a series arrive in order.
 */
final class Shard {
  /** Sends parcels; returns when they need not be sent again. */
  interface Delivery {
    void deliver(List<Parcel> parcels) throws InterruptedException;
  }

  private final QueueConfig config;
  private final Clock clock;
  private final Delivery delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
  private int samples; // that wait
  private long round; // counts what was taken, for the deadline of what comes after it
  private boolean due;
  private final Thread sender;
  private final Thread timer;

  Shard(int number, QueueConfig config, Clock clock, Delivery delivery) {
    this.config = config;
    this.clock = clock;
    this.delivery = delivery;
    this.sender = Thread.ofVirtual().name("remote write shard " + number).start(this::send);
    this.timer = Thread.ofVirtual().name("remote write timer " + number).start(this::time);
  }

  /** Puts a parcel in line; waits while so many samples do already. */
  void offer(Parcel parcel) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (samples > 0 && samples + parcel.count > config.capacity()) changed.await();
      waiting.add(parcel);
      samples += parcel.count;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    try {
      while (true) delivery.deliver(take());
    } catch (InterruptedException _) { // closed: what was not delivered waits in the queue
    }
  }

  /** As many as a request holds, or what there is at the deadline. */
  private List<Parcel> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() || (samples < config.maxSamples() && !due)) changed.await();
      var taken = new ArrayList<Parcel>();
      int sum = 0;
      do {
        Parcel next = waiting.remove();
        sum += next.count;
        taken.add(next);
      } while (!waiting.isEmpty() && fits(taken.getLast(), waiting.getFirst(), sum));
      samples -= sum;
      round++;
      due = due && !waiting.isEmpty() && taken.getLast().ticket.mayBeThere;
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(Parcel last, Parcel next, int sum) {
    if (last.ticket.mayBeThere || next.ticket.mayBeThere) return false;
    return sum + next.count <= config.maxSamples();
  }

  /** Says that it is time to send, a deadline after the first sample that waits. */
  private void time() {
    try {
      while (true) {
        long of = awaitFirst();
        clock.sleepUntil(clock.millis() + config.deadline().toMillis());
        lock.lockInterruptibly();
        try {
          if (round == of) due = true;
          changed.signalAll();
          while (round == of) changed.await();
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException _) { // closed
    }
  }

  private long awaitFirst() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) changed.await();
      return round;
    } finally {
      lock.unlock();
    }
  }

  /** Ends both threads; a request that is under way is given up. */
  void stop() throws InterruptedException {
    sender.interrupt();
    timer.interrupt();
    sender.join();
    timer.join();
  }
}
