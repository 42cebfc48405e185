import { type Handler, implement } from '../../processes/pool/task.ts'
import { readCard } from '../card/read-card.ts'
import { writeCard } from '../card/write-card.ts'
import { readCardTask, writeCardTask } from '../tasks/card-tasks.ts'

export const cardHandlers: Handler[] = [
  implement(readCardTask, ({ path, name }) => readCard(path, name)),
  implement(writeCardTask, ({ original, card }) => writeCard(original, card)),
]
