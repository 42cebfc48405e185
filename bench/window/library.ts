import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { importedFiles, importText } from '../../e2e/harness/import-by-path.ts'
import { type DirectApp, launchDirectly } from '../../e2e/harness/launch-directly.ts'
import { writeLargeModel } from '../../src-main/onnx/testing/large-model.ts'
import { cabinetOf } from '../data/cabinet-of.ts'
import { sized } from '../sized.ts'
import { printTable } from '../table.ts'
import { drawGraph, openFunctions, scrollLists, typeSearches } from './in-page.ts'
import type { Stage } from './stage.ts'
import { median, milliseconds, quantile, ratio, spread } from './statistics.ts'

const GRAPH_NODES = sized(10_000, 200)
const SEARCHES = sized(
  ['resnet', 'yolov8 model', 'trained dataset', 'swin float16', 'whisper', 'images a', '4711'],
  ['resnet'],
)
const OPENED = sized(15, 1)

const Numbers = z.array(z.number())
const Pair = z.object({ window: Numbers, reference: Numbers })

/** Searching, scrolling, opening and drawing, each beside the least that could be done for it in the same run. */
export async function measureLibrary({ executable, switches, root, count }: Stage): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'bench-library-'))
  const data = join(work, 'data')
  await cp(cabinetOf(count), data, { recursive: true })
  const app = await launchDirectly(executable, [...switches, root, '--data', data, '--port', '0'])
  try {
    await app.evaluate(`new Promise((done) => {
      const look = () => performance.getEntriesByName('first-list').length ? done() : setTimeout(look, 20)
      look()
    })`)
    const rows = [['', 'window: median', 'p99', 'worst', 'reference: median', 'p99', 'worst', 'median / reference']]
    const add = (name: string, { window, reference }: z.infer<typeof Pair>) =>
      rows.push([name, ...spread(window), ...spread(reference), ratio(median(window), median(reference))])
    const measured = async (script: string) => Pair.parse(await app.evaluate(script))

    add('key to result / its request', await measured(`(${typeSearches})(${JSON.stringify(SEARCHES)})`))
    const scrolled = await measured(`(${scrollLists})()`)
    add('scroll frames / a static list', scrolled)
    add('open a function / its requests', await measured(`(${openFunctions})(${OPENED})`))
    add(`graph of ${GRAPH_NODES.toLocaleString('en')} nodes / its requests`, await graph(app, work))
    printTable(rows)
    const late = (frames: readonly number[]) => frames.filter((frame) => frame > 34).length
    console.log(
      `frames later than two: ${late(scrolled.window)} of ${scrolled.window.length}, ` +
        `static ${late(scrolled.reference)} of ${scrolled.reference.length}; worst ` +
        `${milliseconds(quantile(scrolled.window, 1))} and ${milliseconds(quantile(scrolled.reference, 1))}`,
    )
  } finally {
    await app.end()
    await rm(work, { recursive: true, force: true })
  }
}

async function graph(app: DirectApp, work: string): Promise<z.infer<typeof Pair>> {
  const path = join(work, 'large.onnx')
  writeLargeModel(path, { bytes: 4_000_000, nodes: GRAPH_NODES })
  const imported = importedFiles(await app.evaluate(importText([path])))
  return Pair.parse(await app.evaluate(`(${drawGraph})(${JSON.stringify(imported[0]?.uuid)})`))
}
