/** What of a folder is left out unless a request says otherwise: trash, environments, copies that tools make, and what systems add. */
export const LEFT_OUT: readonly string[] = [
  '.Trash*',
  '**/.local/share/Trash',
  '$RECYCLE.BIN',
  '.git',
  '.venv',
  'venv',
  'site-packages',
  'node_modules',
  '.ipynb_checkpoints',
  '__pycache__',
  '__MACOSX',
  '._*',
]

/** The patterns that hold: what is left out by default, and what a request adds; `!.git` takes one of them away. */
export function patternsOf(given: readonly string[]): string[] {
  const kept = new Set(given.filter((one) => one.startsWith('!')).map((one) => one.slice(1)))
  const added = given.filter((one) => !one.startsWith('!'))
  return [...new Set([...LEFT_OUT, ...added])].filter((one) => !kept.has(one))
}
