import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { convolutionModel } from '../../src-main/onnx/testing/feature-models.ts'
import { buildModel, type NodeSpec } from '../../src-main/onnx/testing/model-builder.ts'

/** A model that takes pictures of 16 by 16 and gives scores of two classes. */
export async function writeClassifier(folder: string): Promise<string> {
  const path = join(folder, 'classifier.onnx')
  await writeFile(path, buildModel(convolutionModel))
  return path
}

/** A model with an operator that no runtime knows. */
export async function writeStrange(folder: string): Promise<string> {
  const path = join(folder, 'strange.onnx')
  const value = (name: string) => ({ name, type: { tensor: 'float' as const, shape: [1] } })
  const nodes = [{ operator: 'NoSuchOperator', inputs: ['x'], outputs: ['y'] }]
  await writeFile(path, buildModel({ graph: { nodes, inputs: [value('x')], outputs: [value('y')] } }))
  return path
}

/** Small models of one structure and different bytes, in folders of ten: *model-0* and on. @returns their paths */
export async function writeMany(folder: string, count: number): Promise<string[]> {
  const paths: string[] = []
  for (let number = 0; number < count; number += 1) {
    const path = join(folder, `part-${Math.floor(number / 10)}`, `model-${number}.onnx`)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, buildModel({ ...convolutionModel, documentation: `Number ${number}.` }))
    paths.push(path)
  }
  return paths
}

/** A network of so many layers of ten nodes each, named as exporters name them, with the shapes between them. */
export async function writeLayers(folder: string, layers: number): Promise<string> {
  const value = (name: string) => ({ name, type: { tensor: 'float' as const, shape: ['N', 8] } })
  const nodes: NodeSpec[] = []
  let last = 'x'
  for (let layer = 0; layer < layers; layer += 1)
    for (let index = 0; index < 10; index += 1) {
      const name = `/encoder/layers.${layer}/${index % 2 === 0 ? 'Add' : 'Relu'}_${index}`
      nodes.push({
        operator: index % 2 === 0 ? 'Add' : 'Relu',
        inputs: index % 2 === 0 ? [last, 'x'] : [last],
        outputs: [`${name}_output`],
        name,
      })
      last = `${name}_output`
    }
  const values = nodes.flatMap(({ outputs = [] }) => outputs).map(value)
  nodes.push({ operator: 'Identity', inputs: [last], outputs: ['y'], name: '/head/Identity' })
  const path = join(folder, 'layers.onnx')
  const graph = { name: 'layers', nodes, values, inputs: [value('x')], outputs: [value('y')] }
  await writeFile(path, buildModel({ graph }))
  return path
}
