import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { GraphPage, GraphQuery } from '../../../src-contract/contract/models/graph.ts'
import { inferenceScopes, trainingScopes } from '../decode/scopes.ts'
import { inspect } from '../report/inspect.ts'
import { everythingModel } from '../testing/feature-models.ts'
import { buildModel, type NodeSpec } from '../testing/model-builder.ts'
import { memorySource } from '../wire/byte-source.ts'
import { readGraphPage } from './graph-page.ts'

const everything = buildModel(everythingModel)

function page(bytes: Uint8Array, query: Partial<GraphQuery> = {}): GraphPage | null {
  const found = readGraphPage(memorySource(bytes), GraphQuery.parse(query))
  return found === null ? null : GraphPage.parse(JSON.parse(JSON.stringify(found)))
}

describe('a page of the graph', () => {
  it('lists the nodes of every scope that the whole model has', () => {
    for (const bytes of [everything, readFileSync('node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx')]) {
      const { model } = inspect(memorySource(bytes))
      for (const { id, nodes } of [...inferenceScopes(model), ...trainingScopes(model)]) {
        const found = page(bytes, { Scope: id })
        expect(found?.Total, id).toBe(nodes.length)
        expect(found?.Nodes.map(({ Type, Outputs }) => [Type, Outputs])).toEqual(
          nodes.map(({ operator, outputs }) => [operator, outputs]),
        )
      }
    }
  })

  it('shows attributes by value, summary or scope', () => {
    const [node] = page(everything)?.Nodes ?? []
    const attributes = new Map(node?.Attributes.map(({ Name, ...rest }) => [Name, rest]))
    expect(attributes.get('f')).toEqual({ Type: 'float', Value: 0.5, Documentation: 'a half' })
    expect(attributes.get('big')).toEqual({ Type: 'int', Value: '-9223372036854775808' })
    expect(attributes.get('is')).toEqual({ Type: 'ints', Value: [1, -2, 3_000_000_000] })
    expect(attributes.get('t')).toEqual({ Type: 'tensor', Summary: 'i32 2' })
    expect(attributes.get('long')).toEqual({ Type: 'ints', Summary: '300 ints' })
    expect(attributes.get('g')).toEqual({ Type: 'graph', Scope: 'main/0.g' })
    expect(attributes.get('gs.of/all:kinds')).toEqual({
      Type: 'graphs',
      Scopes: ['main/0.gs%2Eof%2Fall%3Akinds.0', 'main/0.gs%2Eof%2Fall%3Akinds.1'],
    })
    expect(attributes.get('ref')).toEqual({ Type: 'float', Reference: 'outer' })
    expect(node?.Metadata).toEqual([{ Key: 'layer', Value: '1' }])
  })

  it('says what is known of the values on it, and which of them are stored', () => {
    const values = new Map(page(everything)?.Values.map((value) => [value.Name, value]))
    expect(values.get('w')).toMatchObject({ Stored: true, Shape: [2, 3] })
    expect(values.get('everything')).toMatchObject({ Stored: false, Shape: ['N'] })
    expect(values.has('words')).toBe(false)
  })

  it('shows what exporters wrote down beside the graph: remarks, meanings, quantization and placement', () => {
    const found = page(everything)
    const values = new Map(found?.Values.map((value) => [value.Name, value]))
    expect(found?.Metadata).toEqual([{ Key: 'stage', Value: 'test' }])
    expect(values.get('w')).toMatchObject({
      Documentation: 'weights',
      Metadata: [{ Key: 'trained', Value: 'yes' }],
      Quantization: [
        { Key: 'SCALE_TENSOR', Value: 's' },
        { Key: 'ZERO_POINT_TENSOR', Value: 'z' },
      ],
    })
    expect(values.get('scalar')).toMatchObject({ Documentation: 'one number' })
    expect(values.get('picture')).toMatchObject({
      Denotation: 'IMAGE',
      AxisDenotations: ['DATA_BATCH', 'DATA_CHANNEL', '', ''],
    })
    const [placed, unplaced] = found?.Nodes ?? []
    expect(placed?.Devices).toEqual([
      {
        Configuration: 'two',
        Stage: 1,
        Sharding: [
          {
            Tensor: 'w',
            Devices: [0, 5],
            Groups: [{ Index: 5, Devices: [1, 2] }],
            Axes: [
              { Axis: 0, Parts: [{ Size: 2, Shards: 2 }] },
              { Axis: -1, Parts: [{ Size: 'N', Shards: 1 }] },
            ],
          },
        ],
      },
    ])
    expect(unplaced).not.toHaveProperty('Devices')
  })

  it('knows where it hangs', () => {
    expect(page(everything, { Scope: 'main/0.g/0.then_branch' })).toMatchObject({
      Parent: 'main/0.g',
      Name: 'deep',
      Kind: 'graph',
    })
    expect(page(everything, { Scope: 'function:my.functions:Doubled:of%20floats' })).toMatchObject({
      Parent: null,
      Kind: 'function',
      Name: 'Doubled',
      Inputs: ['a'],
      Outputs: ['b'],
    })
  })

  it.each([
    '',
    'other',
    'main/',
    'main/9.g',
    'main/0.none',
    'main/0.f',
    'main/0.g.0',
    'main/0.gs%2Eof%2Fall%3Akinds',
    'main/0.gs%2Eof%2Fall%3Akinds.7',
    'main/-1.g',
    'function:a:b',
    'training:1.algorithm',
    'constructor',
  ])('is none for the scope %j', (Scope) => {
    expect(page(everything, { Scope })).toBeNull()
  })

  it('walks through a graph of 50,000 nodes without losing one, and reads only a page of it', () => {
    const nodes = Array.from(
      { length: 50_000 },
      (_, index): NodeSpec => ({ operator: 'Relu', inputs: [`v${index}`], outputs: [`v${index + 1}`] }),
    )
    const bytes = buildModel({ graph: { nodes } })
    const outputs: string[] = []
    for (let Offset = 0; Offset < nodes.length; Offset += 10_000) {
      const found = page(bytes, { Offset, Limit: 10_000 })
      expect(found?.Total).toBe(nodes.length)
      expect(found?.Nodes[0]?.Id).toBe(Offset)
      outputs.push(...(found?.Nodes.flatMap((node) => node.Outputs) ?? []))
    }
    expect(outputs).toEqual(nodes.flatMap((node) => node.outputs))
    expect(page(bytes, { Offset: 60_000 })?.Nodes).toEqual([])
  })
})
