import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { ModelLocation } from '../../../src-contract/contract/functions/location.ts'
import type { CabinetLink } from '../../link/link.ts'

async function get(link: CabinetLink, path: string): Promise<unknown> {
  const request = { id: 'file', method: 'GET', path, headers: {} } as const
  const { status, body } = await link.request(request, new AbortController().signal)
  if (status !== 200) throw new Problem('not-found', 'This model is no longer in the cabinet, or has no file yet.')
  return JSON.parse(body)
}

/** Where a function's model lies: among the cabinet's files, or where it was left. @throws Problem `not-found` */
export async function modelPath(link: CabinetLink, uuid: string): Promise<string> {
  return ModelLocation.parse(await get(link, `/admin/function/${uuid}/location`)).Path
}

/** The name that the model's file came with. @throws Problem `not-found` */
export async function modelName(link: CabinetLink, uuid: string): Promise<string> {
  const { Downloads, Name } = FunctionDetail.parse(await get(link, `/function/${uuid}`))
  return Downloads[0]?.Name ?? `${Name}.onnx`
}
