import { CabinetEvent } from '../contract/admin/event.ts'

/** Reads a stream of server-sent events to its end (HTML standard, "Interpreting an event stream", as far as our own server uses it). */
export async function readEvents(response: Response, emit: (event: CabinetEvent) => void): Promise<void> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { done: true }
    if (done) return
    const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block
        .split(/\r?\n/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n')
      const event = data === '' ? undefined : CabinetEvent.safeParse(JSON.parse(data))
      if (event?.success) emit(event.data)
    }
  }
}
