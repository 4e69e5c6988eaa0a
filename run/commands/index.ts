export { runCommands } from './run-commands.ts'
