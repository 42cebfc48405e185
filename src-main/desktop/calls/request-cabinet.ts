import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { BridgeRequest, BridgeResponse } from '../../../src-contract/contract/desktop/bridge.ts'
import type { CabinetLink } from '../../link/link.ts'
import type { Supervisor } from '../../processes/supervisor.ts'

/**
 * One request of the window. It waits while the cabinet is being started; a reading one that was cut off by the cabinet's end is
 * asked again, a writing one is not, for it may have been done. Every outcome is an answer with a status.
 */
export async function requestCabinet(
  cabinet: Supervisor<CabinetLink>,
  request: BridgeRequest,
  signal: AbortSignal,
): Promise<BridgeResponse> {
  try {
    const link = await cabinet.get()
    try {
      return await link.request(request, signal)
    } catch (error) {
      if (!isUnavailable(error) || signal.aborted) throw error
      if (request.method !== 'GET') {
        throw new Problem(
          'unavailable',
          'The cabinet process ended during this change. Check whether it was made, and try again if not.',
        )
      }
      return await (await cabinet.get()).request(request, signal)
    }
  } catch (error) {
    const problem =
      error instanceof Problem
        ? error
        : new Problem('unavailable', error instanceof Error ? error.message : String(error), { cause: error })
    return {
      status: problem.status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(problem.toMessage()),
    }
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof Problem && error.code === 'unavailable'
}
