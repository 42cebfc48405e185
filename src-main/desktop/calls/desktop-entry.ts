/** A file that starts a program on a Linux desktop (Desktop Entry Specification 1.5). */
export function desktopEntry(name: string, command: readonly string[]): string {
  return `[Desktop Entry]\nType=Application\nName=${name}\nExec=${command.map(quoted).join(' ')}\nTerminal=false\n`
}

/**
 * One argument of `Exec`: within quotes a backslash goes before `"`, a back quote, `$` and a backslash; the line as a value has its
 * backslashes doubled once more; and a percent sign is doubled, for it begins a field code.
 */
function quoted(argument: string): string {
  const inner = argument.replace(/["`$\\]/g, '\\$&')
  return `"${inner.replaceAll('\\', '\\\\').replaceAll('%', '%%').replaceAll('\n', '')}"`
}
