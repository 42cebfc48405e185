import { openTestApi, type TestApi } from '../../api/testing/test-api.ts'
import { ada } from '../../cabinet/testing/test-cabinet.ts'
import type { Send } from '../send.ts'

/** A real cabinet's API, asked as the cabinet's process asks it for the window. */
export async function openTestSend(): Promise<TestApi & { send: Send }> {
  const test = await openTestApi()
  return {
    ...test,
    send: async (method, path, { headers, body, signal }) =>
      test.app.fetch(
        new Request(`http://cabinet${path}`, {
          method,
          signal,
          ...(headers && { headers }),
          ...(body !== undefined && { body, duplex: 'half' }),
        }),
        { caller: ada },
      ),
  }
}
