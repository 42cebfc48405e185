import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { createExclusion } from './exclusion.ts'
import { findCandidates } from './find-candidates.ts'

// One bad entry stops nothing: it is named and passed over, and what nobody put there is left out and counted.

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-candidates-'))
  return () => rm(folder, { recursive: true, force: true })
})

async function put(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), 'bytes')
  }
}
async function find(exclude: string[] = [], paths = [folder]) {
  const found = await findCandidates(paths, { recursive: true, exclusion: createExclusion(exclude) })
  return {
    candidates: found.candidates.map((path) => relative(folder, path)),
    unreadable: Object.fromEntries(found.unreadable.map(({ path, message }) => [relative(folder, path), message])),
    excluded: Object.fromEntries(found.excluded),
  }
}

test.skipIf(process.platform === 'win32')(
  'links, pipes and names that cannot be opened are named, and the rest is found',
  async () => {
    await put('a.onnx', 'z/last.onnx', 'z/data.bin')
    await symlink('loop', join(folder, 'loop'))
    await symlink(folder, join(folder, 'z', 'ring'))
    await symlink('nowhere', join(folder, 'b.onnx'))
    await symlink('nowhere', join(folder, 'notes'))
    execFileSync('mkfifo', [join(folder, 'pipe.onnx'), join(folder, 'pipe')])
    await writeFile(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9), Buffer.from('.onnx')]), 'bytes')
    await writeFile(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9), Buffer.from('.txt')]), 'bytes')
    await put('caf\u{fffd} spelt so.onnx')
    expect(await find()).toEqual({
      candidates: ['a.onnx', 'caf\u{fffd} spelt so.onnx', 'z/last.onnx'],
      unreadable: {
        loop: 'It is a symbolic link loop.',
        'b.onnx': 'It is a link that leads nowhere.',
        'pipe.onnx': 'It is not a regular file.',
        'caf\u{fffd}.onnx': expect.stringMatching(/^Its name is not valid UTF-8/),
      },
      excluded: {},
    })
  },
)

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder that may not be read is named',
  async () => {
    await put('a.onnx', 'lost+found/b.onnx', 'z/c.onnx')
    execFileSync('chmod', ['000', join(folder, 'lost+found')])
    const { candidates, unreadable } = await find()
    execFileSync('chmod', ['700', join(folder, 'lost+found')])
    expect(candidates).toEqual(['a.onnx', 'z/c.onnx'])
    expect(unreadable).toEqual({ 'lost+found': 'Permission denied: it cannot be read.' })
  },
)

test('trash, environments and what systems add are left out and counted, other files are not counted', async () => {
  await put('best.onnx', '._best.onnx', '._photo.jpg', '.ipynb_checkpoints/best-checkpoint.onnx', '.git/a.onnx')
  await put('.Trash-1000/files/old.onnx', '$Recycle.Bin/S-1/$R1.onnx', '.venv/lib/a.onnx', 'deep/node_modules/x/a.onnx')
  await put('.local/share/Trash/files/a.onnx', '.cache/huggingface/hub/a.onnx')
  expect(await find()).toEqual({
    candidates: ['.cache/huggingface/hub/a.onnx', 'best.onnx'],
    unreadable: {},
    excluded: {
      '._*': 1,
      '.ipynb_checkpoints': 1,
      '.git': 1,
      '.Trash*': 1,
      '$RECYCLE.BIN': 1,
      '.venv': 1,
      node_modules: 1,
      '**/.local/share/Trash': process.platform === 'win32' ? 0 : 1,
    },
  })
  expect((await find([], [join(folder, '.git')])).candidates).toEqual(['.git/a.onnx'])
})

test('patterns of a request leave out more, by name or by path, and take defaults away', async () => {
  await put('runs/1/best.onnx', 'runs/1/last.onnx', 'runs/old/best.onnx', 'old/best.onnx', 'venv/a.onnx')
  expect((await find(['LAST.onnx', 'runs/old/', '!venv'])).candidates).toEqual([
    'old/best.onnx',
    'runs/1/best.onnx',
    'venv/a.onnx',
  ])
  expect((await find(['**/old', 'runs/*/l*'])).candidates).toEqual(['runs/1/best.onnx'])
  await put(`${'a'.repeat(200)}.onnx`)
  expect((await find(['[', '.*', `${'*a'.repeat(100)}*b`, `${'**/'.repeat(100)}x`])).candidates).toHaveLength(5)
})
