import { writeFileSync } from 'node:fs'

/** Makes this process the first that Linux ends when memory runs out, before the cabinet or the user's other programs. */
export function preferToBeEnded(): void {
  if (process.platform !== 'linux') return
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // Not allowed in some containers, and then as it was.
  }
}
