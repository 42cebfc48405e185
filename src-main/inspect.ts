import { inspectCommand } from './command-line/inspect-command.ts'

await inspectCommand().parseAsync()
