/** What this browser remembers for its user. Without storage (a private window) nothing is kept, nothing fails. */
export function readStored<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(`oriel.${key}`);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

export function store(key: string, value: unknown): void {
  try {
    localStorage.setItem(`oriel.${key}`, JSON.stringify(value));
  } catch {
    // full or forbidden: the choice holds for this page only
  }
}
