import { z } from 'zod'
import { Watch, type WatchRequest } from '../../../src-contract/contract/admin/watch.ts'
import { type Options, parse } from './parse.ts'
import { ask } from './transport.ts'

const Watches = z.array(Watch)

export async function listWatches(options: Options = {}): Promise<Watch[]> {
  return parse(Watches, await ask({ method: 'GET', path: '/admin/watches', ...options }))
}

/** Watches a folder of the cabinet's machine: what is in it, and what appears, is imported. */
export async function addWatch(request: WatchRequest): Promise<void> {
  await ask({ method: 'POST', path: '/admin/watches', json: request })
}

/** Watches a folder no longer; the models that came from it stay. */
export async function removeWatch(uuid: string): Promise<void> {
  await ask({ method: 'DELETE', path: `/admin/watches/${uuid}` })
}
