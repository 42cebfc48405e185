import { readFileSync, writeFileSync } from 'node:fs'

/** Whether the peak counts from now on. Only Linux can forget it; elsewhere a peak needs a process of its own. */
export function resetPeakMemory(): boolean {
  if (process.platform !== 'linux') return false
  try {
    writeFileSync('/proc/self/clear_refs', '5')
    return true
  } catch {
    return false
  }
}

/**
 * Bytes of memory that this process took at most since the reset. On Linux from the status file, for `getrusage` counts the parent's
 * memory at the fork too.
 */
export function peakMemory(): number {
  if (process.platform === 'linux') {
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    if (peak !== undefined) return Number(peak) * 1024
  }
  return process.resourceUsage().maxRSS * 1024
}
