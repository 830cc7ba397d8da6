package io.oriel.engines.prometheus;

import io.oriel.storage.queue.DurableQueue;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Series of one record that go to the same shard. Filled by the reader, then not changed. */
final class Parcel {
  final Ticket ticket;
  final byte[] message;
  int[] places = new int[16]; // from, to, from, to... in the message
  int count; // series, each of one row

  Parcel(Ticket ticket, byte[] message) {
    this.ticket = ticket;
    this.message = message;
  }

  void add(int from, int to) {
    if (2 * count == places.length) places = Arrays.copyOf(places, 4 * count);
    places[2 * count] = from;
    places[2 * count + 1] = to;
    count++;
  }

  /** A record that was taken out of the queue, and how many of its parcels are still on the way. */
  static final class Ticket {
    final DurableQueue.Taken taken;
    final AtomicInteger open = new AtomicInteger();

    /**
     * Whether it was put in before this start, so that it may have been sent already. Then it goes
     * in requests of its own: receivers of 1.0 refuse a whole request for one sample they have.
     */
    final boolean mayBeThere;

    Ticket(DurableQueue.Taken taken, boolean mayBeThere) {
      this.taken = taken;
      this.mayBeThere = mayBeThere;
    }
  }
}
