package io.oriel.scrape.loop;

import io.oriel.wire.fetch.PageBuffer;
import io.oriel.wire.fetch.PageRoom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A few page buffers for all loops: targets answer at different moments, so few are needed. */
final class PageBuffers {
  private static final int KEPT = 4;

  private final BlockingQueue<PageBuffer> free = new ArrayBlockingQueue<>(KEPT);
  private final PageRoom room;

  PageBuffers(PageRoom room) {
    this.room = room;
  }

  PageBuffer take() {
    PageBuffer buffer = free.poll();
    return buffer == null ? new PageBuffer(room) : buffer;
  }

  void giveBack(PageBuffer buffer) {
    buffer.trim();
    if (!free.offer(buffer)) buffer.trim(); // there are enough: the collector takes it
  }
}
