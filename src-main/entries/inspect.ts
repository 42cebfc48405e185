import { inspectCommand } from '../command-line/inspect-command.ts'

// The arguments are named, since Electron's utility processes have them where a Node has.
void inspectCommand().parseAsync(process.argv.slice(2), { from: 'user' })
