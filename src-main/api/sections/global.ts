import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { createSection } from '../middleware/operation.ts'

/** Operations 6, 7 and 19 (contract.md 1). */
export function globalSection(cabinet: Cabinet) {
  const { app, serve } = createSection(cabinet)
  serve(operations.getConfiguration, () => cabinet.configuration())
  serve(operations.getStatistics, ({ signal }) => cabinet.statistics({ signal }))
  serve(operations.getStatus, () => ({ Connected: true }))
  return app
}
