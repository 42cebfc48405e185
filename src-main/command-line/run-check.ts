import { randomUUID } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Inspection, RuntimeCheck } from '../../src-contract/contract/models/inspection.ts'
import type { ByteSource } from '../onnx/wire/byte-source.ts'
import { spawnChild } from '../processes/spawn/spawn-child.ts'
import { createRuntime } from '../runtime/create-runtime.ts'
import type { ModelFile } from '../runtime/model-file.ts'
import type { OpenModel } from './open-model.ts'

/** Checks whether models run here, one after the other. */
export type RunCheck = {
  /** @param path the file that the model was opened from: the model itself, or an archive of it */
  check(path: string, opened: OpenModel, report: Inspection): Promise<RuntimeCheck>
  close(): Promise<void>
}

const PIECE = 8 * 1024 * 1024

/** Starts the runtime processes for a command; to be closed, for they keep the command alive. */
export function createRunCheck(): RunCheck {
  const runtime = createRuntime({ spawn: spawnChild })
  return {
    async check(path, opened, report) {
      const externalMessage = report.External.find(({ State }) => State !== 'present')?.Message
      if (!opened.isArchived) return runtime.check({ path, externalMessage })
      const folder = await mkdtemp(join(tmpdir(), 'model-cabinet-'))
      try {
        return await runtime.check({ ...(await unpack(folder, opened, report)), externalMessage })
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    close: () => runtime.close(),
  }
}

/** ONNX Runtime reads no archives: the model and the files that it came with are unpacked. */
async function unpack(folder: string, { source, externalFiles }: OpenModel, report: Inspection): Promise<ModelFile> {
  const path = join(folder, 'model')
  await save(source, path)
  const external: { location: string; path: string }[] = []
  for (const { Location, State } of report.External) {
    const file = State === 'present' ? await externalFiles.open(Location) : null
    if (file === null) continue
    try {
      const saved = join(folder, randomUUID())
      await save(file, saved)
      external.push({ location: Location, path: saved })
    } finally {
      file.close()
    }
  }
  return { path, external }
}

async function save(source: ByteSource, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for (let start = 0; start < source.size; start += PIECE) {
      await file.write(source.read(start, Math.min(PIECE, source.size - start)))
    }
  } finally {
    await file.close()
  }
}
