package io.oriel.engines.prometheus;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Keeps the first bytes of a body, as text for messages; lets go of the answer after many more. */
final class FirstBytes implements BodySubscriber<String> {
  private static final int KEPT = 4 << 10;
  private static final int READ = 1 << 20;

  private final CompletableFuture<String> done = new CompletableFuture<>();
  private final ByteArrayOutputStream first = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;
  private long read;

  static BodyHandler<String> handler() {
    return _ -> new FirstBytes();
  }

  @Override
  public CompletionStage<String> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      read += part.remaining();
      byte[] bytes = new byte[Math.min(part.remaining(), KEPT - first.size())];
      part.get(bytes);
      first.writeBytes(bytes);
    }
    if (read > READ && subscription != null) {
      subscription.cancel();
      onComplete();
    }
  }

  /** A body that breaks off says what it said until then. */
  @Override
  public void onError(Throwable failure) {
    onComplete();
  }

  @Override
  public void onComplete() {
    done.complete(first.toString(StandardCharsets.UTF_8));
  }
}
