import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { Inspection } from './inspection.ts'
import { reportVersion } from './report-version.ts'

/** The schema of the report at each version that was ever published; a new version is added, the others stay. */
const schemas: Readonly<Record<number, string>> = { 2: 'd040f47738451aa9', 3: 'fba58f0854699472' }

// Protects folders of older versions: a report of another shape under the same version would never be read again.
it('has a version of its own for every shape of the report', () => {
  const digest = createHash('sha256')
    .update(JSON.stringify(z.toJSONSchema(Inspection, { io: 'output' })))
    .digest('hex')
  expect(schemas[reportVersion], 'raise reportVersion, and put the digest of the new schema here').toBe(
    digest.slice(0, 16),
  )
})
