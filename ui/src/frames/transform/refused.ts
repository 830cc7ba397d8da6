/** A transformation that cannot be done; the message is the reason, for "NAME was not applied: REASON". */
export class Refused extends Error {}

/** The reason in words. What a library says of its own inside is no reason that a reader could use. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const own =
    error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  if (error instanceof Error && !own && error.message)
    return error.message.split(' found in: ')[0]!;
  return 'its options do not have the form that it needs';
}
