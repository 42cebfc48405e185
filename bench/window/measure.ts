/** Milliseconds: between frames, of a call that only main answers, and of a page of the list through main and the cabinet. */
export type Measured = { frames: number[]; calls: number[]; requests: number[] }

/** Runs in the page: watches every frame, and asks main and the cabinet twenty times a second, for so many milliseconds. */
export async function measure(duration: number): Promise<Measured> {
  const { cabinet } = window
  if (!cabinet) throw new Error('the bridge is missing')
  const measured: Measured = { frames: [], calls: [], requests: [] }
  const end = performance.now() + duration

  const frames = new Promise<void>((done) => {
    let last = performance.now()
    const frame = () => {
      const now = performance.now()
      measured.frames.push(now - last)
      last = now
      if (now < end) requestAnimationFrame(frame)
      else done()
    }
    requestAnimationFrame(frame)
  })
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now()
    await work()
    return performance.now() - start
  }
  const pause = () => new Promise((done) => setTimeout(done, 50))
  const ask = async (times: number[], work: () => Promise<unknown>) => {
    while (performance.now() < end) {
      times.push(await timed(work))
      await pause()
    }
  }
  let number = 0
  await Promise.all([
    frames,
    ask(measured.calls, () => cabinet.endpoint()),
    ask(measured.requests, () => {
      number += 1
      return cabinet.request({ id: `measure-${number}`, method: 'GET', path: '/functions?Limit=50', headers: {} })
    }),
  ])
  return measured
}
