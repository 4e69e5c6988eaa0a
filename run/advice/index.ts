export { runCommands } from './commands.ts'
export * from './words.ts'
