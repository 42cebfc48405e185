/** Interactive: somebody waits for it. Background: it goes on when nobody does. */
export type Priority = 'interactive' | 'background'

/** What waits for a process: interactive first, and each in the order it came. */
export function createTaskQueue<Job>() {
  const waiting: Record<Priority, Set<Job>> = { interactive: new Set(), background: new Set() }
  return {
    get length() {
      return waiting.interactive.size + waiting.background.size
    },
    add(job: Job, priority: Priority): void {
      waiting[priority].add(job)
    },
    /** The next job of these kinds, the first of them first; then it waits no more. */
    take(...priorities: [Priority, ...Priority[]]): Job | undefined {
      for (const priority of priorities) {
        for (const job of waiting[priority]) {
          waiting[priority].delete(job)
          return job
        }
      }
      return undefined
    },
    /** Whether the job waited; then it does no more. */
    remove(job: Job): boolean {
      return waiting.interactive.delete(job) || waiting.background.delete(job)
    },
  }
}
