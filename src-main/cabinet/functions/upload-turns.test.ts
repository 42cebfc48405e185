import { expect, test } from 'vitest'
import type { Spawn } from '../../processes/spawn/channel.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { ada, modelBytes, openTestCabinet, upload } from '../testing/test-cabinet.ts'

// Protects everyone else from many uploads at once: they take turns, and small ones do not wait for a large one.

/** Children of which `hold` keeps back what it likes; `most` says how many models were inspected at one time. */
function watched(hold: (fileName: string, go: () => void) => boolean) {
  const running = new Set<string>()
  let most = 0
  const spawn: Spawn = (kind, args) => {
    const child = spawnNode(kind, args)
    child.onMessage((reply) => {
      const { kind: what, id } = Object(reply)
      if (what === 'result') running.delete(`${child.pid} ${id}`)
    })
    return {
      ...child,
      get pid() {
        return child.pid
      },
      post(message) {
        const { task, id, argument } = Object(message)
        if (task === 'inspect') {
          if (hold(argument.fileName, () => child.post(message))) return
          running.add(`${child.pid} ${id}`)
          most = Math.max(most, running.size)
        }
        child.post(message)
      },
    }
  }
  return { spawn, most: () => most }
}

test('of many uploads one is read at a time, and none waits for a large one', async () => {
  const { promise: held, resolve } = Promise.withResolvers<() => void>()
  const { spawn, most } = watched((fileName, go) => {
    if (fileName === 'large.onnx') resolve(go)
    return fileName === 'large.onnx'
  })
  const context = await openTestCabinet({}, spawn)
  const { cabinet } = context
  // A field that no reader knows: number 1,000, with 17 MiB.
  const length = [0x80, 0x80, 0xc0, 0x08]
  const large = Buffer.concat([modelBytes(0), Buffer.from([0xc2, 0x3e, ...length]), Buffer.alloc(17 * 1024 * 1024)])
  const create = async (bytes: Uint8Array, name: string) =>
    cabinet.functions.create(ada, {}, { bundle: await upload(cabinet, bytes, name) })
  const creating = create(large, 'large.onnx')
  await Promise.all([1, 2, 3, 4, 5].map((seed) => create(modelBytes(seed), 'small.onnx')))
  expect(most()).toBe(1)
  const letGo = await held
  letGo()
  expect((await creating).body.Name).toBe('large')
  await context.remove()
})
