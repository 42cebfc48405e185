import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect, it } from 'vitest'
import { exampleModels } from '../src-main/cabinet/imports/example-models.ts'
import { examples } from './make-examples.ts'

// Protects new users from an example that is not the model its source says.

it('the shipped examples are what their source makes', async () => {
  expect(exampleModels().map((path) => basename(path))).toEqual(Object.keys(examples))
  for (const path of exampleModels()) {
    const build = Object.entries(examples).find(([name]) => name === basename(path))?.[1]
    expect(Buffer.from(build?.() ?? []).equals(await readFile(path)), path).toBe(true)
  }
})
