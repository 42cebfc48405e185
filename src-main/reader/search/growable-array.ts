/** Whole numbers of 32 bits, one after the other. `values` is the room there is; only `length` of it are in use. */
export type Integers = { values: Int32Array; length: number }

/** The same of any numbers. */
export type Numbers = { values: Float64Array; length: number }

export function newIntegers(room = 0): Integers {
  return { values: new Int32Array(Math.max(16, room)), length: 0 }
}

export function newNumbers(room = 0): Numbers {
  return { values: new Float64Array(Math.max(16, room)), length: 0 }
}

const roomier = (room: number, needed: number) => Math.max(needed, room + (room >>> 1))

/** Grows to at least `length`; new values are `filler`. */
export function reachIntegers(column: Integers, length: number, filler: number): void {
  if (length <= column.length) return
  if (length > column.values.length) {
    const wider = new Int32Array(roomier(column.values.length, length))
    wider.set(column.values)
    column.values = wider
  }
  column.values.fill(filler, column.length, length)
  column.length = length
}

export function reachNumbers(column: Numbers, length: number, filler: number): void {
  if (length <= column.length) return
  if (length > column.values.length) {
    const wider = new Float64Array(roomier(column.values.length, length))
    wider.set(column.values)
    column.values = wider
  }
  column.values.fill(filler, column.length, length)
  column.length = length
}

export function pushInteger(column: Integers, value: number): void {
  if (column.length < column.values.length) column.values[column.length++] = value
  else reachIntegers(column, column.length + 1, value)
}

export function pushNumber(column: Numbers, value: number): void {
  if (column.length < column.values.length) column.values[column.length++] = value
  else reachNumbers(column, column.length + 1, value)
}
