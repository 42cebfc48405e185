import type { Channel } from './spawn/channel.ts'

/** Milliseconds between two pings, and how many in a row may stay without any answer. */
export type HeartbeatTimes = { every: number; missed: number }

/** A hang is found within two minutes and a few seconds: a machine that is very busy takes 20 s to start a process. */
const usual: HeartbeatTimes = { every: 5_000, missed: 24 }

/** How many times as long a child may be silent that has said that it will be. */
const LONG_WORK = 30

/**
 * Ends a child that answers no more, as one that is stopped or in an endless loop: whoever supervises it then starts another. Any message shows that it lives.
 * Its own ticks are counted, not the time that passed, so that a computer that slept, or a parent that could not run either, ends nothing.
 */
export function watchHeartbeat(
  channel: Channel,
  { ping, isLongWork }: { ping: object; isLongWork(message: unknown): boolean },
  { every, missed }: HeartbeatTimes = usual,
): void {
  let unanswered = 0
  let allowed = missed
  const timer = setInterval(() => {
    if (unanswered >= allowed) channel.kill()
    unanswered += 1
    channel.post(ping)
  }, every)
  channel.onMessage((message) => {
    unanswered = 0
    allowed = isLongWork(message) ? missed * LONG_WORK : missed
  })
  channel.onExit(() => clearInterval(timer))
}
