import { z } from 'zod'
import { FilePath } from '../../src-contract/contract/desktop/bridge.ts'
import { Uuid } from '../../src-contract/util/identifiers.ts'
import type { Opened } from './arguments.ts'

const Handover = z.object({ paths: z.array(FilePath), functionUuid: Uuid.optional() })

/** What a second start was to open; nothing where it says what no start of ours says. */
export function readHandover(message: unknown): Opened {
  const { data } = Handover.safeParse(message)
  return { paths: data?.paths ?? [], functionUuid: data?.functionUuid }
}
