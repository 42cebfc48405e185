import { spawnSync } from 'node:child_process'
import { checkPins } from './check-pins.ts'
import { checkImports } from './imports/check-imports.ts'
import { noticesAreCurrent } from './third-party-notices.ts'

/** Runs one of the project's own tools; true where it found nothing. */
function passes(title: string, command: string, ...args: string[]): boolean {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
  return report(title, error === undefined && status === 0)
}

function report(title: string, passed: boolean): boolean {
  console.log(`${passed ? '✓' : '✗'} ${title}`)
  return passed
}

function importsPass(): boolean {
  const { modules, violations } = checkImports(process.cwd())
  for (const violation of violations) console.log(violation)
  return report(`imports (${modules} modules)`, violations.length === 0)
}

function pinsPass(): boolean {
  const violations = checkPins(process.cwd())
  for (const violation of violations) console.log(violation)
  return report('security releases', violations.length === 0)
}

const results = [
  passes('types', 'tsc', '-p', 'tsconfig.json'),
  passes('types of the oldest Electron', 'tsc', '-p', 'src-main/tsconfig.electron.json'),
  passes('types of the window', 'tsc', '-p', 'src-renderer/tsconfig.json'),
  passes('types of the tests in a window', 'tsc', '-p', 'e2e/tsconfig.json'),
  passes('lint and format', 'biome', 'check', '--error-on-warnings'),
  passes('unused files, exports and dependencies', 'knip', '--no-progress', '--treat-config-hints-as-errors'),
  importsPass(),
  report('third-party notices (npm run notices writes them)', noticesAreCurrent(process.cwd())),
  pinsPass(),
]
process.exitCode = results.every(Boolean) ? 0 : 1
