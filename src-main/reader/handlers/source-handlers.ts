import { type Handler, implement } from '../../processes/pool/task.ts'
import { readMark } from '../sources/read-mark.ts'
import { readMarkTask } from '../tasks/source-tasks.ts'

export const sourceHandlers: Handler[] = [implement(readMarkTask, ({ path, kind }) => readMark(path, kind))]
