/** As a `ref`: what has just appeared is scrolled into sight, for below the edge of the window nobody would read it. */
export const intoSight = (appeared: HTMLElement | null) => appeared?.scrollIntoView({ block: 'nearest' })
