/** Equal questions of one page are asked once: while one is on its way, and as long as its answer is kept. */

interface Asking<T> {
  readonly answer: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
  done: boolean;
}

/** Shares answers by key. The question goes out once and is called back when nobody waits any more. */
export class SharedAnswers<T> {
  private readonly asking = new Map<string, Asking<T>>();

  constructor(private readonly most = 100) {}

  ask(key: string, fetch: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const one = this.asking.get(key) ?? this.start(key, fetch);
    one.waiting++;
    signal?.addEventListener('abort', () => this.leave(key, one), { once: true });
    return one.answer;
  }

  private start(key: string, fetch: (signal: AbortSignal) => Promise<T>): Asking<T> {
    const stop = new AbortController();
    const one: Asking<T> = { answer: fetch(stop.signal), stop, waiting: 0, done: false };
    one.answer.then(
      () => (one.done = true),
      () => this.asking.get(key) === one && this.asking.delete(key), // a failure is not kept
    );
    this.asking.set(key, one);
    if (this.asking.size > this.most) this.asking.delete(this.asking.keys().next().value!);
    return one;
  }

  private leave(key: string, one: Asking<T>): void {
    if (--one.waiting > 0 || one.done) return;
    if (this.asking.get(key) === one) this.asking.delete(key);
    one.stop.abort();
  }
}
