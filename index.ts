/**
 * The library: the simulation (`sim/`, which a browser gets alone), driving runs (`run/`), and stores to write them to
 * (`persist/`).
 */
export * from './persist/index.ts'
export * from './run/index.ts'
export * from './sim/index.ts'
