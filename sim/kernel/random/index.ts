export { AliasTable } from './alias-table.ts'
export { makeDayRng, makeRng, makeUserRng } from './named-streams.ts'
export { Stream } from './stream.ts'
export { StreamKeys } from './stream-keys.ts'
