import '@fontsource-variable/inter'
import '../theme/tokens.css'
import './skeleton.css'

// The little that a first paint needs: the frame of index.html in the right colours. The window's own script, which takes a
// quarter of a second to be read and run, is fetched once that is on the screen.

/** The colours that were chosen, as Mantine keeps them, else the system's. */
function shownColorScheme(): 'light' | 'dark' {
  const chosen = localStorage.getItem('mantine-color-scheme-value')
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

document.documentElement.dataset.mantineColorScheme = shownColorScheme()

/** Milliseconds. A page in the background is not painted before somebody looks at it, and is to work by then. */
const LONGEST_WAIT = 200

await new Promise((painted) => {
  new PerformanceObserver(painted).observe({ type: 'paint', buffered: true })
  setTimeout(painted, LONGEST_WAIT)
})
await import('../main.tsx')
