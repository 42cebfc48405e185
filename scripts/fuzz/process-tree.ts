import { readFileSync } from 'node:fs'

/** What a process and all that it started have used: milliseconds of the processor, and bytes of memory now. */
type Used = { milliseconds: number; bytes: number }

const TICK = 10
const PAGE = 4096

/** Of this process and its children, where the system has `/proc`; of this process alone elsewhere. */
export function usedByTree(): Used {
  return usedBy(process.pid) ?? { milliseconds: process.cpuUsage().user / 1000, bytes: process.memoryUsage.rss() }
}

function usedBy(pid: number): Used | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; behind it is a number at each place (proc_pid_stat(5), from the third on).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const field = (number: number) => Number(fields[number - 3])
    // Of its own, and of the children that have ended.
    const used = { milliseconds: (field(14) + field(16)) * TICK, bytes: field(24) * PAGE }
    for (const child of readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)) {
      const { milliseconds = 0, bytes = 0 } = usedBy(Number(child)) ?? {}
      used.milliseconds += milliseconds
      used.bytes += bytes
    }
    return used
  } catch {
    // It has ended in between.
    return undefined
  }
}
