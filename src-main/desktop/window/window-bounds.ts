/** A place on the screens, in their own pixels. */
export type Bounds = { x: number; y: number; width: number; height: number }

/** Where a window was when it was last closed. */
export type WindowState = Bounds & { maximized: boolean }

const usual = { width: 1280, height: 800 }

/** Pixels. No screen is that large, and what draws windows counts no further than to 32,767. */
const FARTHEST = 30_000

/**
 * Where a window opens by what was written down, as far as that makes sense and a screen is still there. `workAreas` are those of
 * the screens.
 */
export function boundsOf(text: string, workAreas: readonly Bounds[]): { bounds: Partial<Bounds>; maximized: boolean } {
  const state = readState(text)
  if (state === undefined) return { bounds: usual, maximized: false }
  const { maximized, ...bounds } = state
  return { bounds: workAreas.some((area) => overlaps(area, bounds)) ? bounds : usual, maximized }
}

/** Checked by hand: the window waits for this, and zod alone would take a twentieth of the time until it is painted. */
function readState(text: string): WindowState | undefined {
  try {
    const state: Partial<Record<keyof WindowState, unknown>> = JSON.parse(text)
    const { x, y, width, height } = state
    if (isPlace(x) && isPlace(y) && isPlace(width) && isPlace(height) && width > 0 && height > 0)
      return { x, y, width, height, maximized: state.maximized === true }
  } catch {
    // It is damaged.
  }
  return undefined
}

const isPlace = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= FARTHEST

/** A good part of the title bar must be on a screen, or nobody could move the window. */
function overlaps(screen: Bounds, window: Bounds): boolean {
  const left = Math.max(screen.x, window.x)
  const right = Math.min(screen.x + screen.width, window.x + window.width)
  return right - left >= 100 && window.y >= screen.y && window.y < screen.y + screen.height - 50
}
