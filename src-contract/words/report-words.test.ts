import { describe, expect, it } from 'vitest'
import {
  computeWords,
  graphWords,
  madeBy,
  operatorsWords,
  parametersWords,
  runsHereWords,
  storedWords,
} from './report-words.ts'

describe('a report in short', () => {
  it('says who made the model even where the producer says little', () => {
    const Opsets = [
      { Domain: '', Version: 14 },
      { Domain: 'ai.onnx.ml', Version: 3 },
      { Domain: 'com.microsoft', Version: 1 },
    ]
    const nothing = { Domain: '', ModelVersion: 0, Opsets: [], Operators: [] }
    const pytorch = { ...nothing, Producer: { Name: 'pytorch', Version: '1.13' }, IrVersion: 8, Opsets }
    expect(madeBy({ ...pytorch, Operators: [{ Domain: 'ai.onnx.ml', Type: 'Scaler', Count: 1 }] })).toBe(
      'pytorch 1.13 · IR 8 · opset 14, ai.onnx.ml 3',
    )
    // What it only names is not what it is made of.
    expect(madeBy(pytorch)).toBe('pytorch 1.13 · IR 8 · opset 14')
    expect(madeBy({ ...nothing, Producer: { Name: '', Version: '' }, IrVersion: 3 })).toBe('IR 3')
    expect(
      madeBy({
        Producer: { Name: 'own', Version: '' },
        Domain: 'org.example',
        IrVersion: 9,
        Opsets: [],
        Operators: [],
        ModelVersion: 4,
      }),
    ).toBe('own · org.example · IR 9 · model version 4')
  })

  it('never gives multiply-accumulates without what they cover', () => {
    const words = (Macs: number | null, Coverage: number, Assumed: string[]) =>
      computeWords({ Compute: { Macs, Coverage, Assumed } })
    expect(words(2_700_000, 1, [])).toBe('2.7 M multiply-accumulates')
    expect(words(2_700_000, 0.999, ['N'])).toBe(
      '2.7 M multiply-accumulates for N = 1, covering 99 % of the nodes that may multiply',
    )
    expect(words(null, 0, [])).toBe('multiply-accumulates unknown: sizes are open, or operators are not known')
  })

  it('names the types of the parameters, most first', () => {
    expect(parametersWords({ Parameters: { Count: 0, Bytes: 0, ByType: [] } })).toBe('none')
    expect(
      parametersWords({
        Parameters: { Count: 2_690_312, Bytes: 1, ByType: [{ ElementType: 'float', Count: 2_690_312, Bytes: 1 }] },
      }),
    ).toBe('2.7 M, all f32')
    expect(
      parametersWords({
        Parameters: {
          Count: 110,
          Bytes: 1,
          ByType: [
            { ElementType: 'int64', Count: 10, Bytes: 1 },
            { ElementType: 'float', Count: 100, Bytes: 1 },
          ],
        },
      }),
    ).toBe('110: 100 f32, 10 i64')
  })

  it('counts nodes, and all of them where sub-graphs or functions hold more', () => {
    const Graph = { Name: '', Documentation: '', Nodes: 1, Edges: 2, SubGraphs: 0, AllNodes: 1, Metadata: [] }
    expect(graphWords({ Graph, Functions: [], Quantized: false, Training: false })).toBe('1 node, 2 edges')
    const deep = { ...Graph, Nodes: 1200, SubGraphs: 1, AllNodes: 1300 }
    const words = (SubGraphs: number, functions: number) =>
      graphWords({ Graph: { ...deep, SubGraphs }, Functions: Array(functions), Quantized: true, Training: true })
    const [begin, end] = ['1,200 nodes, 2 edges, 1,300 through ', ', quantized, for training']
    expect(words(1, 0)).toBe(`${begin}1 sub-graph${end}`)
    expect(words(0, 1)).toBe(`${begin}1 function${end}`)
    expect(words(2, 3)).toBe(`${begin}2 sub-graphs and 3 functions${end}`)
    expect(operatorsWords({ Graph: deep, Operators: [{ Domain: '', Type: 'Add', Count: 1300 }] })).toBe(
      '1,300 nodes, 1 kind',
    )
  })

  it('gives the figures behind the parameters, and whether it runs', () => {
    expect(storedWords({ Parameters: { Count: 1, Bytes: 4, ByType: [] } })).toBe('1 value, 4 bytes')
    expect(runsHereWords({ State: 'ok', Reason: null, LoadTime: 84.2 })).toBe('yes, loads in 84 ms')
    expect(runsHereWords({ State: 'ok', Reason: null, LoadTime: null })).toBe('yes')
    expect(runsHereWords({ State: 'failed', Reason: null, LoadTime: null })).toBe('no')
    expect(runsHereWords({ State: 'failed', Reason: 'timeout', LoadTime: null })).toBe('not known')
    expect(runsHereWords({ State: 'pending', Reason: null, LoadTime: null })).toBe('being checked')
  })
})
