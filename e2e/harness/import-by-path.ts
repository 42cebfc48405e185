import { z } from 'zod'

const Ended = z.object({
  Result: z.object({ Files: z.array(z.object({ Path: z.string(), Outcome: z.string(), UUID: z.string() })) }),
  Failures: z.array(z.object({ What: z.string(), Message: z.string() })),
})
export type ImportedFile = { path: string; outcome: string; uuid: string }

/**
 * The text that a window of the app evaluates to import files by their paths, as it does itself where they are dropped: it gives the job
 * as it ended.
 */
export function importText(paths: readonly string[], catalogue?: string): string {
  const body = JSON.stringify({ Paths: paths, Mode: 'copy', ...(catalogue && { Catalogue: catalogue }) })
  return `(async () => {
    const ask = async (method, path, body) => {
      const json = body === undefined ? {} : { body }
      const headers = body === undefined ? {} : { 'Content-Type': 'application/json' }
      const answer = await window.cabinet.request({ id: 'import ' + Math.random(), method, path, headers, ...json })
      if (answer.status >= 300) throw new Error(answer.body)
      return JSON.parse(answer.body)
    }
    let job = await ask('POST', '/admin/import', ${JSON.stringify(body)})
    while (!['done', 'failed', 'cancelled'].includes(job.State)) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      job = await ask('GET', '/jobs/' + job.UUID)
    }
    return job
  })()`
}

/** What became of the files that `importText` imported. @throws Error where one was refused */
export function importedFiles(job: unknown): ImportedFile[] {
  const { Result, Failures } = Ended.parse(job)
  const [failure] = Failures
  if (failure) throw new Error(`${failure.What}: ${failure.Message}`)
  return Result.Files.map(({ Path: path, Outcome: outcome, UUID: uuid }) => ({ path, outcome, uuid }))
}
