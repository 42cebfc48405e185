import { z } from 'zod'
import { Fields } from '../../../src-contract/contract/functions/function.ts'
import { defineTask } from '../../processes/pool/task.ts'

// Model cards are read in the reader process, which is killed where one takes too long: YAML can be made so that it takes for ever.

/** What a model card says that a function has a place for; null and empty where it says nothing. */
export const CardValues = z.object({
  Documentation: z.string(),
  Licence: z.string().nullable(),
  Tags: z.array(z.string()),
  SourceTask: z.string().nullable(),
  SourceBaseModel: z.string().nullable(),
  Fields,
})
export type CardValues = z.infer<typeof CardValues>

/** What a card says that says nothing. */
export const emptyCard: CardValues = {
  Documentation: '',
  Licence: null,
  Tags: [],
  SourceTask: null,
  SourceBaseModel: null,
  Fields: {},
}

/** A card that was read; `Problem` is a sentence about what of it could not be. */
export const CardReading = CardValues.extend({ Problem: z.string().nullable() })
export type CardReading = z.infer<typeof CardReading>

/** Reads a model card. `name` is what sentences call it. */
export const readCardTask = defineTask({
  name: 'read-card',
  argument: z.object({ path: z.string(), name: z.string() }),
  result: CardReading,
})

/** What a written card says besides; `Source` is where the model comes from. */
export const CardToWrite = CardValues.omit({ Fields: true }).extend({
  Name: z.string(),
  Source: z.record(z.string(), z.string()),
})
export type CardToWrite = z.infer<typeof CardToWrite>

/** Writes a model card; of one that is there it keeps all that still holds, byte by byte where that is everything. */
export const writeCardTask = defineTask({
  name: 'write-card',
  argument: z.object({ original: z.string().nullable(), card: CardToWrite }),
  result: z.string(),
})
