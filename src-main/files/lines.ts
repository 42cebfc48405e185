/** A line of a file, without its end; null in the place of one that is longer than allowed. */
export type Line = Buffer | null

const END = 0x0a

/** The lines of what comes in chunks; of a longer one than `limit` bytes nothing is kept. */
export async function* linesOf(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line> {
  let parts: Buffer[] = []
  let size = 0
  const taken = (): Line => {
    const line = size > limit ? null : Buffer.concat(parts)
    parts = []
    size = 0
    return line
  }
  const add = (part: Buffer) => {
    size += part.length
    if (size <= limit) parts.push(part)
    else parts = []
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(END); end !== -1; end = chunk.indexOf(END, from)) {
      add(chunk.subarray(from, end))
      yield taken()
      from = end + 1
    }
    add(chunk.subarray(from))
  }
  if (size > 0) yield taken()
}
