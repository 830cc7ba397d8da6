package io.oriel.engines.prometheus;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One sink of several: what goes into the first goes into the others, too. The first one's word
 * counts: its receipt is the answer, and what it can't take now does not reach the others. What
 * another can't take is said in the log, and costs nobody here anything.
 */
public final class Tee implements MetricSink {
  private final MetricSink first;
  private final List<Outgoing> others;
  private final Handles handles;

  private Tee(MetricSink first, List<RemoteWriteOut> others) {
    this.first = first;
    this.others = others.stream().map(RemoteWriteOut::outgoing).toList();
    this.handles = new Handles(1 + others.size());
  }

  /** The first alone where there are no others. */
  public static MetricSink of(MetricSink first, List<RemoteWriteOut> others) {
    return others.isEmpty() ? first : new Tee(first, others);
  }

  @Override
  public MetricWriter writer() {
    var more = others.stream().map(OutgoingWriter::new).toArray(OutgoingWriter[]::new);
    return new Writer(first.writer(), more, handles);
  }

  /** A number for a series, and what each sink calls it. */
  private static final class Handles {
    private final Map<Long, Integer> numbers = new HashMap<>(); // by the first one's handle
    private final BitSet free = new BitSet();
    private volatile long[][] ofSink; // by sink, then by number; replaced when it grows
    private int[] holders = new int[64];
    private int count;

    Handles(int sinks) {
      ofSink = new long[sinks][64];
    }

    synchronized int hold(long[] each) {
      Integer known = numbers.get(each[0]);
      if (known != null) {
        holders[known]++;
        return known;
      }
      int number = free.nextSetBit(0);
      if (number < 0) number = count++;
      else free.clear(number);
      if (number == holders.length) grow();
      long[][] now = ofSink;
      for (int i = 0; i < each.length; i++) now[i][number] = each[i];
      ofSink = now; // after its content: whoever is told the number sees it
      holders[number] = 1;
      numbers.put(each[0], number);
      return number;
    }

    private void grow() {
      int room = 2 * holders.length;
      long[][] wider = ofSink.clone();
      for (int i = 0; i < wider.length; i++) wider[i] = Arrays.copyOf(wider[i], room);
      ofSink = wider;
      holders = Arrays.copyOf(holders, room);
    }

    synchronized void release(int number) {
      if (--holders[number] > 0) return;
      numbers.remove(ofSink[0][number]);
      free.set(number);
    }

    long of(int sink, long number) {
      return ofSink[sink][(int) number];
    }
  }

  private static final class Writer implements MetricWriter {
    private final MetricWriter[] writers; // the first, then the others
    private final OutgoingWriter[] others;
    private final Handles handles;
    private final long[] each;
    private final BitSet held = new BitSet();

    Writer(MetricWriter first, OutgoingWriter[] others, Handles handles) {
      this.others = others;
      this.writers = new MetricWriter[1 + others.length];
      this.writers[0] = first;
      System.arraycopy(others, 0, writers, 1, others.length);
      this.handles = handles;
      this.each = new long[writers.length];
    }

    @Override
    public long series(Labels labels) {
      for (int i = 0; i < writers.length; i++) each[i] = writers[i].series(labels);
      int number = handles.hold(each);
      if (held.get(number)) handles.release(number);
      held.set(number);
      return number;
    }

    @Override
    public boolean isKept(long series) {
      return writers[0].isKept(handles.of(0, series));
    }

    @Override
    public void release(long series) {
      if (!held.get((int) series)) return;
      held.clear((int) series);
      for (int i = 0; i < writers.length; i++) each[i] = handles.of(i, series);
      handles.release((int) series); // before the sinks do: they may give the handle anew
      for (int i = 0; i < writers.length; i++) writers[i].release(each[i]);
    }

    @Override
    public void sample(long series, long timeMs, double value) {
      for (int i = 0; i < writers.length; i++) {
        writers[i].sample(handles.of(i, series), timeMs, value);
      }
    }

    @Override
    public void histogram(long series, long timeMs, Histogram histogram) {
      for (int i = 0; i < writers.length; i++) {
        writers[i].histogram(handles.of(i, series), timeMs, histogram);
      }
    }

    @Override
    public void startOfLast(long startMs) {
      for (MetricWriter writer : writers) writer.startOfLast(startMs);
    }

    @Override
    public void exemplar(long series, Exemplar exemplar) {
      for (int i = 0; i < writers.length; i++) {
        writers[i].exemplar(handles.of(i, series), exemplar);
      }
    }

    @Override
    public void metadata(String metric, MetricMetadata metadata) {
      for (MetricWriter writer : writers) writer.metadata(metric, metadata);
    }

    @Override
    public Receipt commit() {
      boolean isKept = false;
      try {
        Receipt receipt = writers[0].commit();
        isKept = true;
        return receipt;
      } finally {
        for (OutgoingWriter other : others) {
          if (isKept) other.commitCopy();
          else other.forget();
        }
      }
    }

    @Override
    public void close() {
      held.stream().forEach(handles::release);
      held.clear();
      for (MetricWriter writer : writers) writer.close();
    }
  }
}
