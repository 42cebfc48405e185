import { functionModels } from '../harness/function-models.ts'
import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'
import { runProgram } from '../harness/run-program.ts'

test.use({ models: functionModels })

test.beforeEach(({ scene }) => openModel(scene.page, 'silero_vad_v5'))

test('the signature is shown in each language and copied', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
  await main.getByRole('tab', { name: 'Signature' }).click()
  const signature = main.getByRole('tabpanel', { name: 'Signature' })
  await expect(signature.getByRole('row', { name: /state f32 2×\?×128/ })).toBeVisible()
  for (const language of ['JSON', 'Python', 'TypeScript']) {
    await signature.getByText(language, { exact: true }).click()
    await expect(signature.getByRole('region', { name: `The signature in ${language}` })).toContainText('stateN')
    const copy = signature.getByRole('button', { name: `Copy as ${language}` })
    await copy.click()
    await expect(copy).toBeHidden()
    await expect(copy).toBeVisible()
  }
  await shots.take('function-signature')
})

test('the code for the API runs as it is, against the cabinet that shows it', async ({
  scene: { page, shots },
  folder,
}) => {
  const main = page.getByRole('main')
  await main.getByRole('tab', { name: 'API' }).click()
  const code = async (language: string) => {
    await main.getByText(language, { exact: true }).first().click()
    const region = main.getByRole('region', { name: `The code for ${language}` })
    await expect(region).toBeVisible()
    return (await region.textContent()) ?? ''
  }
  await shots.take('function-code')
  const inFolder = (program: string, args: string[]) =>
    runProgram('sh', ['-c', 'cd "$1" && shift && exec "$@"', 'sh', folder, program, ...args])

  const curl = await inFolder('sh', ['-ec', await code('curl')])
  expect(curl.output).toContain('"Name":"silero_vad_v5"')
  expect(curl.output).toContain('"stateN"')
  const javascript = await inFolder(process.execPath, ['--input-type=module', '-e', await code('JavaScript')])
  expect(javascript.errors).toBe('')
  expect(javascript.output).toContain('stateN float')
  const python = await code('Python')
  const hasPython = await runProgram('python3', ['--version']).then(
    ({ code: status }) => status === 0,
    () => false,
  )
  // Machines without Python still see that the code is there.
  const ran = hasPython ? await inFolder('python3', ['-c', python]) : { output: python, errors: '' }
  expect(ran.errors).toBe('')
  expect(ran.output).toContain(hasPython ? 'stateN float' : 'import json')
  expect(await code('onnxruntime')).toMatch(/path = ".*files/)
})
