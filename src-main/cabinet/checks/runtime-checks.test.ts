import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pendingRuntimeCheck, type RuntimeCheck } from '../../../src-contract/contract/models/inspection.ts'
import { addModel } from '../../onnx/testing/feature-models.ts'
import type { ModelSpec } from '../../onnx/testing/model-builder.ts'
import { ada, bob, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

// Protects the way out of a check that went wrong for a while: a busy machine must not brand a model for ever.

let test: TestCabinet
beforeEach(async () => {
  test = await openTestCabinet()
})
afterEach(() => test.remove())

const unknownOperator: ModelSpec = {
  graph: { ...addModel.graph, nodes: [{ operator: 'NoSuchOperator', inputs: ['x'], outputs: ['y'] }] },
}

async function added(spec: ModelSpec = addModel): Promise<string> {
  const bundle = await upload(test.cabinet, modelBytes(0, spec))
  return (await test.cabinet.functions.create(ada, {}, { bundle })).body.UUID
}

const known = (uuid: string) => test.cabinet.functions.inspection(uuid).Runtime
const runs = (uuid: string) => test.cabinet.functions.get(uuid).body.Runs
const failure = (uuid: string) => test.cabinet.functions.get(uuid).body.RunsFailure

async function checked(uuid: string): Promise<RuntimeCheck> {
  await expect.poll(() => known(uuid).State).not.toBe('pending')
  return known(uuid)
}

describe('checking again', () => {
  it('keeps what is known where the file is lost', async () => {
    const uuid = await added()
    const before = await checked(uuid)
    await rm(test.cabinet.modelFiles.locate(uuid).path)
    expect(() => test.cabinet.checks.again(bob, uuid)).toThrow('Cannot check the model')
    expect(known(uuid)).toEqual(before)
    expect(runs(uuid)).toBe(true)
  })

  it('is refused where there is no model', async () => {
    const { body } = await test.cabinet.functions.create(ada, { Name: 'Planned' }, {})
    expect(() => test.cabinet.checks.again(bob, body.UUID)).toThrow('has no model file yet')
  })

  it('forgets what was known, opens the model once more, and says who asked', async () => {
    const uuid = await added(unknownOperator)
    const before = await checked(uuid)
    expect(before).toMatchObject({ State: 'failed', Reason: 'operator' })
    const { Reason, Message } = before
    expect(failure(uuid)).toEqual({ Reason, Message })
    const { rows } = await test.cabinet.listing.list({ Attention: 'true' }, {})
    expect(rows.map(({ RunsFailure }) => RunsFailure)).toEqual([{ Reason, Message }])
    const { revision } = test.cabinet.functions.get(uuid)
    expect(test.cabinet.checks.again(bob, uuid)).toEqual(pendingRuntimeCheck)
    expect([known(uuid).State, runs(uuid), failure(uuid)]).toEqual(['pending', null, null])
    // Asked twice, it is checked once.
    test.cabinet.checks.again(bob, uuid)
    const after = await checked(uuid)
    expect(after).toMatchObject({ State: 'failed', Reason: 'operator' })
    expect(Date.parse(after.CheckedAt ?? '')).toBeGreaterThan(Date.parse(before.CheckedAt ?? ''))
    expect(runs(uuid)).toBe(false)
    expect(test.cabinet.functions.get(uuid).revision).toBe(revision)
    const asked = test.cabinet.events.since(0).filter(({ Kind, By }) => Kind === 'function.checked' && By === 'Bob')
    expect(asked.map(({ Summary }) => Summary)).toEqual(['Requested a new check of whether “model” runs here'])
  })
})
