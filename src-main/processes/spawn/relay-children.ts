import type { Channel, ChildKind, Spawn } from './channel.ts'
import { type RelayReport, RelayRequest } from './relay-message.ts'

/**
 * Starts the children that `owner` asks for (by `createRelaySpawn`) and passes the messages on. When the owner ends, they end
 * with it.
 */
export function relayChildren(owner: Channel, spawn: Spawn): void {
  const children = new Map<number, Channel>()
  const report = (message: RelayReport) => owner.post(message)

  owner.onMessage((message) => {
    const { success, data } = RelayRequest.safeParse(message)
    if (!success) return
    if (data.kind === 'relay-start') start(data.id, data.child, data.args)
    else if (data.kind === 'relay-post') children.get(data.id)?.post(data.message)
    else children.get(data.id)?.kill()
  })
  owner.onExit(() => {
    for (const child of children.values()) child.kill()
  })

  function start(id: number, kind: ChildKind, args: string[]): void {
    const child = spawn(kind, args)
    children.set(id, child)
    let told = false
    const tellPid = () => {
      if (told || child.pid === undefined) return
      told = true
      report({ kind: 'relay-started', id, pid: child.pid })
    }
    tellPid()
    child.onMessage((message) => {
      tellPid()
      report({ kind: 'relay-message', id, message })
    })
    child.onExit((reason) => {
      children.delete(id)
      report({ kind: 'relay-exit', id, reason })
    })
  }
}
