import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { ChildFailure, isEndedBySystem } from '../../processes/pool/child-failure.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import type { Priority } from '../../processes/pool/task-queue.ts'
import { type CardReading, emptyCard, readCardTask } from '../../reader/tasks/card-tasks.ts'
import { type External, inspectTask } from '../../reader/tasks/model-tasks.ts'

/** The longest time in milliseconds that reading a structure may take; real models take milliseconds. */
const DEADLINE = 30_000

/** The same of a model card. */
const CARD_DEADLINE = 20_000

/** Reads what a model file says of itself. */
export type StructureReader = {
  /**
   * @param fileName what sentences call the file
   * @param external the external-data files that came with it, or the path next to which they may lie
   * @throws Problem `invalid` with a sentence about the file; `time-out`; the signal's reason.
   */
  inspect(
    path: string,
    options: { fileName: string; external: External; signal?: AbortSignal | undefined },
  ): Promise<Inspection>
  /** Reads a model card; a card that cannot be read is empty, with a sentence. @throws the signal's reason */
  card(path: string, name: string, signal?: AbortSignal): Promise<CardReading>
}

/** Reads in the reader process, which is killed where a file takes too long. What somebody waits for comes before the background. */
export function createStructureReader(pool: Pool, priority: Priority = 'interactive'): StructureReader {
  return {
    async inspect(path, { fileName, external, signal }) {
      const read = () => pool.run(inspectTask, { path, fileName, external }, { deadline: DEADLINE, priority, signal })
      try {
        return await read().catch((error: unknown) => {
          if (error instanceof ChildFailure && isEndedBySystem(error)) return read()
          throw error
        })
      } catch (error) {
        if (!(error instanceof ChildFailure) || !['crash', 'memory'].includes(error.kind)) throw error
        if (isEndedBySystem(error)) {
          const sentence = `${fileName} was not read: the system stopped the process that read it twice. Free some memory and try again.`
          throw new Problem('unavailable', sentence, { cause: error })
        }
        // The process died of the file, as only a file made for that purpose can bring about.
        throw new Problem('invalid', `${fileName} cannot be read: the process that read it ended.`, { cause: error })
      }
    },
    async card(path, name, signal) {
      try {
        return await pool.run(readCardTask, { path, name }, { deadline: CARD_DEADLINE, priority, signal })
      } catch {
        signal?.throwIfAborted()
        return { ...emptyCard, Problem: `${name} was not read: it took too long or used too much memory.` }
      }
    },
  }
}
