import { join } from 'node:path'
import { expect } from 'vitest'
import { filesBelow, type TestCabinet } from './test-cabinet.ts'

/** Runs what must be refused, and checks that nothing of it stays: no file, no function, no event. */
export async function leavesNothing(
  { cabinet, directory }: TestCabinet,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const look = async () => ({
    files: await filesBelow(join(directory, 'files')),
    functions: (await cabinet.statistics({})).Total,
    // Checks of earlier functions go on in the background.
    events: cabinet.events.since(0).filter(({ Kind }) => Kind !== 'function.checked'),
  })
  const before = await look()
  const error = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Error)
  expect(await look()).toEqual(before)
  expect(await filesBelow(cabinet.files.incoming)).toEqual([])
  return error
}
