/**
 * Room for one kind of numbers, used over and over: arrays of megabytes made anew for each page would have V8 collect garbage, and
 * so go through the whole index, every few pages. The function gives at least so many places, with whatever stands in them; only one
 * caller may use them at a time.
 */
export function scratchBuffer<Numbers extends { length: number }>(
  make: (length: number) => Numbers,
): (length: number) => Numbers {
  let room = make(0)
  return (length) => {
    if (room.length < length) room = make(length + (length >>> 3))
    return room
  }
}
