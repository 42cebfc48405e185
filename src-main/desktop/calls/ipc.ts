import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { BridgeReply } from '../../../src-contract/contract/desktop/bridge-channel.ts'
import { APP_ORIGIN } from '../window/app-scheme.ts'

/** The one place where messages of the window come in: who sends is checked first, then what. */

/** Answers a call of the window. Arguments and result are checked against their schemas. */
export function answer<Args extends z.ZodTuple, Result extends z.ZodType>(
  channel: string,
  args: Args,
  result: Result,
  handle: (sender: WebContents, ...args: z.output<Args>) => z.input<Result> | Promise<z.input<Result>>,
): void {
  ipcMain.handle(channel, async (event, ...given): Promise<BridgeReply<unknown>> => {
    try {
      requireOwnPage(event)
      const checked = args.safeParse(given)
      if (!checked.success)
        throw new Problem('invalid', `Invalid request from the window. ${z.prettifyError(checked.error)}`)
      return { ok: true, value: result.parse(await handle(event.sender, ...checked.data)) }
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) }
    }
  })
}

/** Hears a message of the window that wants no answer; one that is not as it should be is dropped. */
export function hear<Args extends z.ZodTuple>(
  channel: string,
  args: Args,
  handle: (sender: WebContents, ...args: z.output<Args>) => void,
): void {
  ipcMain.on(channel, (event, ...given) => {
    try {
      requireOwnPage(event)
    } catch {
      return
    }
    const checked = args.safeParse(given)
    if (checked.success) handle(event.sender, ...checked.data)
  })
}

/** Only the app's own page, in the main frame of a window, is answered: no frame inside it and no other origin. */
function requireOwnPage({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent): void {
  const own = senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.url.startsWith(`${APP_ORIGIN}/`)
  if (!own) throw new Problem('forbidden', 'Only the Model Cabinet window may do this.')
}
