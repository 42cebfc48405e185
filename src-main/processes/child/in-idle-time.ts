/**
 * Goes through the steps of a piece of work that nobody waits for: the first one `after` milliseconds from now, and a pause of so
 * many between two, in which whatever arrives is done first. A process that has nothing else to do may end before it is done.
 */
export function inIdleTime(steps: Iterator<void>, { after, pause }: { after: number; pause: number }): void {
  const step = () => {
    if (!steps.next().done) setTimeout(step, pause).unref()
  }
  setTimeout(step, after).unref()
}
