import type { WebContents } from 'electron'

/** The calls of each window that can be cancelled by an id the window chose. */
export function createRunning() {
  const running = new WeakMap<WebContents, Map<string, AbortController>>()

  function of(sender: WebContents): Map<string, AbortController> {
    const known = running.get(sender)
    if (known) return known
    const fresh = new Map<string, AbortController>()
    running.set(sender, fresh)
    const abortAll = () => {
      for (const one of fresh.values()) one.abort(cancelled())
    }
    // A page that is loaded again or gone waits for nothing any more.
    sender.on('did-navigate', abortAll)
    sender.once('destroyed', abortAll)
    return fresh
  }

  return {
    cancel(sender: WebContents, id: string): void {
      of(sender).get(id)?.abort(cancelled())
    },
    async run<Result>(
      sender: WebContents,
      id: string,
      work: (signal: AbortSignal) => Promise<Result>,
    ): Promise<Result> {
      const stop = new AbortController()
      const calls = of(sender)
      calls.set(id, stop)
      try {
        return await work(stop.signal)
      } finally {
        if (calls.get(id) === stop) calls.delete(id)
      }
    },
  }
}

function cancelled(): DOMException {
  return new DOMException('The request was cancelled.', 'AbortError')
}
