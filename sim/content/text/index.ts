export * from './en/index.ts'
export { type TextPack, textPack } from './packs.ts'
