/** Chosen: how long a place may take to let us in, in ms: a server or a store to take a connection, SQLite to be free of another's writing. */
export const PATIENCE_MS = 10_000
