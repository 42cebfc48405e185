// Each of these is run inside the page of the window, alone: nothing from outside of its own body reaches it. Milliseconds.

type Pair = { window: number[]; reference: number[] }

/** Types searches letter by letter; from each key until the list stands still with another answer, beside the request for it. */
export async function typeSearches(searches: string[]): Promise<Pair> {
  const pair: Pair = { window: [], reference: [] }
  const box = document.querySelector<HTMLInputElement>('#search')
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  const pause = (time: number) => new Promise((done) => setTimeout(done, time))
  const rowCount = () => document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')
  const firstRow = () => document.querySelector<HTMLElement>('[role="row"][data-uuid]')?.textContent
  if (!box || !set || !window.cabinet) throw new Error('this is not the library')
  const { cabinet } = window
  const type = (text: string) => {
    set.call(box, text)
    box.dispatchEvent(new Event('input', { bubbles: true }))
  }
  let number = 0
  for (const search of searches) {
    for (let length = 1; length <= search.length; length++) {
      const text = search.slice(0, length)
      const seen = `${rowCount()} ${firstRow()}`
      const start = performance.now()
      type(text)
      let answered = Number.NaN
      while (performance.now() - start < 1_000) {
        await frame()
        if (`${rowCount()} ${firstRow()}` === seen) continue
        answered = performance.now() - start
        break
      }
      // A key that changes neither the first row nor the number of rows shows nothing to measure.
      if (!Number.isNaN(answered)) pair.window.push(answered)
      await pause(120)
      number += 1
      const asked = performance.now()
      await cabinet.request({
        id: `search ${number}`,
        method: 'GET',
        path: `/functions?q=${encodeURIComponent(text)}&Limit=100`,
        headers: {},
      })
      pair.reference.push(performance.now() - asked)
    }
    type('')
    await pause(200)
  }
  return pair
}

/** Scrolls the list by three rows a frame for some seconds, then a static list made of copies of its rows. */
export async function scrollLists(): Promise<Pair> {
  const scroll = async (element: Element, milliseconds: number): Promise<number[]> => {
    const times: number[] = []
    const end = performance.now() + milliseconds
    let last = performance.now()
    while (last < end) {
      element.scrollTop += 108
      if (element.scrollTop + element.clientHeight >= element.scrollHeight - 1) element.scrollTop = 0
      const now = await new Promise<number>((done) => requestAnimationFrame(() => done(performance.now())))
      times.push(now - last)
      last = now
    }
    return times.slice(5)
  }
  const grid = document.querySelector('[role="grid"]')
  const rows = [...document.querySelectorAll<HTMLElement>('[role="row"][data-uuid]')]
  if (!grid || rows.length === 0) throw new Error('this is not the library')
  const still = document.createElement('div')
  const { left, top, width, height } = grid.getBoundingClientRect()
  still.style.cssText = `position:fixed;z-index:9;left:${left}px;top:${top}px;width:${width}px;height:${height}px;overflow:auto;background:var(--background);contain:strict`
  still.style.setProperty('--columns', grid instanceof HTMLElement ? grid.style.getPropertyValue('--columns') : '')
  still.style.setProperty('--row-height', '36px')
  const list = document.createElement('div')
  list.style.position = 'relative'
  for (let index = 0; index < 2_000; index++) {
    const copy = rows[index % rows.length]?.cloneNode(true)
    if (!(copy instanceof HTMLElement)) continue
    copy.style.transform = `translateY(${index * 36}px)`
    list.append(copy)
  }
  list.style.height = `${2_000 * 36}px`
  still.append(list)

  const pair: Pair = { window: [], reference: [] }
  for (let round = 0; round < 3; round++) {
    pair.window.push(...(await scroll(grid, 2_000)))
    document.body.append(still)
    pair.reference.push(...(await scroll(still, 2_000)))
    still.remove()
  }
  grid.scrollTop = 0
  return pair
}

/** From a press of Enter on a row until its page stands, beside the requests that the page needs. */
export async function openFunctions(count: number): Promise<Pair> {
  const pair: Pair = { window: [], reference: [] }
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  const pause = (time: number) => new Promise((done) => setTimeout(done, time))
  const { cabinet } = window
  if (!cabinet) throw new Error('the bridge is missing')
  const get = (path: string) => cabinet.request({ id: `open ${path.slice(-40)}`, method: 'GET', path, headers: {} })
  for (let index = 0; index < count; index++) {
    const row = document.querySelectorAll<HTMLElement>('[role="row"][data-uuid]')[index % 12]
    const uuid = row?.dataset.uuid
    const name = row?.querySelector('a')?.textContent
    if (!row || uuid === undefined || !name) throw new Error('a row has no model')
    const start = performance.now()
    row.querySelector('a')?.click()
    while (!document.querySelector('h1')?.textContent?.includes(name)) await frame()
    pair.window.push(performance.now() - start)
    await pause(250)
    location.hash = '#/'
    while (!document.querySelector('[role="row"][data-uuid]')) await frame()
    await pause(150)
    const asked = performance.now()
    await Promise.all([get(`/function/${uuid}`), get(`/function/${uuid}/inspection`)])
    pair.reference.push(performance.now() - asked)
  }
  return pair
}

/** From the address of a graph until its boxes stand, beside the requests for all of its nodes. */
export async function drawGraph(uuid: string): Promise<Pair> {
  const pair: Pair = { window: [], reference: [] }
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  const { cabinet } = window
  if (!cabinet) throw new Error('the bridge is missing')
  for (let round = 0; round < 3; round++) {
    location.hash = '#/'
    while (!document.querySelector('[role="row"][data-uuid]')) await frame()
    const start = performance.now()
    location.hash = `#/function/${uuid}?tab=graph`
    while (!document.querySelector('.react-flow__node')) {
      if (performance.now() - start > 30_000) throw new Error('no graph within 30 s')
      await frame()
    }
    await frame()
    pair.window.push(performance.now() - start)
    const asked = performance.now()
    for (let offset = 0; ; offset += 1_000) {
      const path = `/function/${uuid}/graph?Offset=${offset}&Limit=1000`
      const { body } = await cabinet.request({ id: `graph ${offset}`, method: 'GET', path, headers: {} })
      if (JSON.parse(body).Nodes.length < 1_000) break
    }
    pair.reference.push(performance.now() - asked)
  }
  return pair
}
