import { execFileSync } from 'node:child_process'

export type RunningProcess = { pid: number; parent: number; command: string }

/** Every process that runs; those that have ended and wait to be collected do not. */
export function runningProcesses(): RunningProcess[] {
  if (process.platform === 'win32') {
    const query =
      'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) S $($_.CommandLine)" }'
    return parse(execFileSync('powershell', ['-NoProfile', '-Command', query], { encoding: 'utf8' }))
  }
  return parse(execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }))
}

function parse(output: string): RunningProcess[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const [, pid, parent, state, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s*(.*)$/.exec(line) ?? []
    return pid === undefined || state?.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
  })
}

/** The process ids of all that a process has started, and what those have. */
export function descendants(pid: number): RunningProcess[] {
  const all = runningProcesses()
  const found: RunningProcess[] = []
  const parents = new Set([pid])
  for (let grown = true; grown; ) {
    const next = all.filter((one) => parents.has(one.parent) && !parents.has(one.pid))
    for (const one of next) parents.add(one.pid)
    found.push(...next)
    grown = next.length > 0
  }
  return found
}

/** The cabinet's process of the app with this process id. */
export function cabinetProcess(main: number): RunningProcess | undefined {
  return descendants(main).find(({ command }) => /cabinet\.cjs|Model Cabinet cabinet/.test(command))
}
