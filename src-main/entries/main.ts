import { app, dialog } from 'electron'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { readArguments } from '../desktop/arguments.ts'
import { catchUncaught } from '../desktop/catch-uncaught.ts'
import { runWindow } from '../desktop/run-window.ts'

catchUncaught()

// In development the first word is the folder of the app.
const given = process.argv.slice(1)
const ownFolder = app.isPackaged ? -1 : given.findIndex((argument) => !argument.startsWith('-'))
try {
  const command = readArguments(
    given.filter((_, index) => index !== ownFolder),
    process.cwd(),
  )
  if (command.name === 'window') runWindow(command)
  else void import('../desktop/run-command.ts').then(({ runCommand }) => runCommand(command))
} catch (error) {
  if (!(error instanceof Problem)) throw error
  process.stderr.write(`${error.message}\n`)
  void app.whenReady().then(() => {
    dialog.showErrorBox('Model Cabinet could not start', error.message)
    app.exit(1)
  })
}
