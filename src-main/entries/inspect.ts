import { inspectCommand } from '../command-line/inspect-command.ts'
import { goToCallersFolder } from '../files/callers-folder.ts'

goToCallersFolder('inspect')

// The arguments are named, since Electron's utility processes have them where a Node has.
void inspectCommand().parseAsync(process.argv.slice(2), { from: 'user' })
