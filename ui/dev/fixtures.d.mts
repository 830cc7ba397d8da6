export function oriel(name: string, rest: readonly string[]): object | undefined;
