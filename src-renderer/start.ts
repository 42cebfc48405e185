// The little that a first paint needs: the frame of index.html in the right colours. The window's own script, which takes a
// quarter of a second to be read and run, is fetched once that is on the screen.

import { takeOfferedKey } from './lib/api/session-key.ts'
import { keepStartUpPreview } from './lib/start/start-up-preview.ts'

/** The colours that were chosen, as Mantine keeps them, else the system's. */
function shownColorScheme(): 'light' | 'dark' {
  const chosen = localStorage.getItem('mantine-color-scheme-value')
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

document.documentElement.dataset.mantineColorScheme = shownColorScheme()

// Before the router reads the address.
const keyTaken = takeOfferedKey()

/** Milliseconds. A page in the background is not painted before somebody looks at it, and is to work by then. */
const LONGEST_WAIT = 200

/** Milliseconds. A cabinet that takes longer to answer has something to say about it, and that must be seen. */
const LONGEST_PICTURE = 3_000
setTimeout(keepStartUpPreview, LONGEST_PICTURE)

await new Promise((painted) => {
  new PerformanceObserver(painted).observe({ type: 'paint', buffered: true })
  setTimeout(painted, LONGEST_WAIT)
})
window.cabinet?.painted()
await keyTaken
await import('./main.tsx')
