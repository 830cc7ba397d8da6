/** An expression that cannot be computed; the message is the reason. */
export class Refused extends Error {}
