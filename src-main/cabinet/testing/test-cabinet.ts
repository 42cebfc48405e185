import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { addModel } from '../../onnx/testing/feature-models.ts'
import { buildModel, type ModelSpec } from '../../onnx/testing/model-builder.ts'
import type { Spawn } from '../../processes/spawn/channel.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import type { Cabinet } from '../cabinet.ts'
import type { UploadedFile } from '../functions/prepare-model.ts'
import { type CabinetSettings, openCabinet } from '../open-cabinet.ts'

/** A real cabinet in a folder of its own. */
export type TestCabinet = {
  cabinet: Cabinet
  directory: string
  /** Closes it and opens it again on the same folder. */
  reopen(): Promise<Cabinet>
  /** Closes it and removes the folder. */
  remove(): Promise<void>
}

export const ada: Caller = { name: 'Ada', scope: 'admin' }
export const bob: Caller = { name: 'Bob', scope: 'write' }

/** High limits, since a busy machine is no fault; tests about limits give their own. */
export const patient: CabinetSettings = { timeLimit: () => 120_000, startupLimit: 120_000 }

export async function openTestCabinet(settings: CabinetSettings = {}, spawn: Spawn = spawnNode): Promise<TestCabinet> {
  const directory = await mkdtemp(join(tmpdir(), 'cabinet-'))
  const open = () => openCabinet({ dataDirectory: directory, spawn, settings: { ...patient, ...settings } })
  const test: TestCabinet = {
    cabinet: await open(),
    directory,
    async reopen() {
      await test.cabinet.close()
      test.cabinet = await open()
      return test.cabinet
    },
    async remove() {
      await test.cabinet.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
  return test
}

/** Bytes received as an upload of that name. */
export async function upload(cabinet: Cabinet, bytes: Uint8Array, fileName = 'model.onnx'): Promise<UploadedFile> {
  const staged = await cabinet.files.receive(chunksOf(bytes), { limit: 2 ** 31 })
  return { ...staged, fileName }
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** A small model whose bytes differ from those of every other seed. */
export function modelBytes(seed = 0, spec: ModelSpec = addModel): Uint8Array {
  return buildModel({ ...spec, documentation: `model ${seed}` })
}

/** Every file below a folder, by its path in it. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
