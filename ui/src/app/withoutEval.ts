/**
 * Grafana's library brings zod, which tries out `new Function` as it loads. Oriel's pages forbid that to all
 * scripts (Content-Security-Policy), and the browser would report the trial. Said before zod asks, it does not try.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};
