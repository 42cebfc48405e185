import { destination, pino } from 'pino'

/** What the cabinet's process tells of itself: lines of JSON on standard error, written at once. */
export const log = pino({ base: null }, destination({ dest: 2, sync: true }))
