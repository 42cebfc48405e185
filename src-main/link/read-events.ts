import { CabinetEvent } from '../../src-contract/contract/admin/event.ts'

/** Reads a stream of server-sent events to its end (HTML standard, "Interpreting an event stream", as far as our own server uses it). */
export async function readEvents(response: Response, emit: (event: CabinetEvent) => void): Promise<void> {
  if (response.body === null) return
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of response.body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/)
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
