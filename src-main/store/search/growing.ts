/** A typed array that grows at its end. `values` is the room it has; only `length` of it are in use. */
export type Growing<T extends Int32Array | Float64Array | Uint32Array> = {
  readonly values: T
  readonly length: number
  push(value: number): void
  /** Grows to at least `length`; new values are `filler`. */
  reach(length: number, filler: number): void
}

type Make<T> = (length: number) => T

function growing<T extends Int32Array | Float64Array | Uint32Array>(make: Make<T>, room: number): Growing<T> {
  let values = make(Math.max(16, room))
  let length = 0
  function makeRoom(needed: number): void {
    if (needed <= values.length) return
    const wider = make(Math.max(needed, values.length + (values.length >>> 1)))
    wider.set(values)
    values = wider
  }
  return {
    get values() {
      return values
    },
    get length() {
      return length
    },
    push(value) {
      makeRoom(length + 1)
      values[length++] = value
    },
    reach(needed, filler) {
      if (needed <= length) return
      makeRoom(needed)
      values.fill(filler, length, needed)
      length = needed
    },
  }
}

export const growingIntegers = (room = 0) => growing((length) => new Int32Array(length), room)
export const growingNumbers = (room = 0) => growing((length) => new Float64Array(length), room)
