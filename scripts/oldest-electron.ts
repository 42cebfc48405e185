import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { usedNames } from './used-names.ts'
import { type YoungNames, youngInChromium, youngInNode } from './young-names.ts'

// The tests run the window in Electron 25, and so may a user: a call that it lacks passes every check of types, and fails there alone.

/** A sentence for each name in a module that the oldest Electron lacks. */
export function tooYoung(file: string, source: string, young: YoungNames, host: string): string[] {
  const used = usedNames(source, file.endsWith('x'))
  return Object.entries(young).flatMap(([version, names]) =>
    names
      .filter((name) => used.has(name))
      .map((name) => {
        const shown = name.replace(/^#/, '.').replace(':', "'s ")
        return `${file}: ${shown} came with ${version}; the app must run in Electron 25, which has ${host}.`
      }),
  )
}

/** The modules that a tsconfig takes in by itself or by imports, without tests and packages; paths from the project's root. */
function modulesOf(tsconfig: string): string[] {
  const { stdout } = spawnSync('tsc', ['-p', tsconfig, '--listFilesOnly'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const files = stdout.split(/\r?\n/).map((path) => relative(process.cwd(), path).replaceAll('\\', '/'))
  return files.filter((path) => /^src-.*\.tsx?$/.test(path) && !/\.(?:test|d)\.tsx?$/.test(path))
}

/**
 * Looks through all that runs in Electron itself: the window with its preload script, the main process, the one of ONNX Runtime.
 * @throws where a part has no modules, for then nothing was checked
 */
export function checkOldestElectron(): { modules: number; violations: string[] } {
  const sides = [
    { tsconfig: 'src-main/tsconfig.electron.json', young: youngInNode, host: 'Node 18.15' },
    { tsconfig: 'src-renderer/tsconfig.json', young: youngInChromium, host: 'Chromium 114' },
  ]
  const seen = sides.map((side) => ({ ...side, files: modulesOf(side.tsconfig) }))
  for (const { tsconfig, files } of seen) if (files.length === 0) throw new Error(`${tsconfig} took in no module`)
  return {
    modules: seen.reduce((sum, { files }) => sum + files.length, 0),
    violations: seen.flatMap(({ files, young, host }) =>
      files.flatMap((file) => tooYoung(file, readFileSync(file, 'utf8'), young, host)),
    ),
  }
}
