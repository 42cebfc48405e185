/** A graph to be laid out, in numbers alone, so that it passes to a worker and back without being copied piece by piece. */
export type PlainGraph = {
  /** Of each box. */
  widths: Float64Array
  heights: Float64Array
  /** Of each arrow the box that it leaves and the one that it enters. */
  from: Int32Array
  to: Int32Array
  /** Of each arrow the room that its label takes across; 0 for none. */
  labels: Float64Array
}

/** Top left corners of the boxes, and the corners of all arrows one after the other: those of arrow `i` from `starts[i]` to `starts[i + 1]`. */
export type PlainLayout = {
  x: Float64Array
  y: Float64Array
  starts: Int32Array
  cornerX: Float64Array
  cornerY: Float64Array
  /** The middle of each arrow's label; NaN where it has none or goes up. */
  labelX: Float64Array
  labelY: Float64Array
}

/** What stands in a layer: a box, or the place where an arrow passes on its way further down. */
export type Stop = {
  layer: number
  /** The box's number; null where an arrow passes. */
  box: number | null
  width: number
  height: number
  /** Of a passing arrow the layers that it passes, and its number if its label is here. */
  passes?: number
  label?: number
  /** Numbers of the stops that it is joined to in the layers above and below. */
  above: number[]
  below: number[]
}

/** Stops by number (boxes first), the stops of each layer from left to right, and of each arrow the stops on its way. */
export type LayeredGraph = {
  stops: Stop[]
  layers: number[][]
  /** Null where an arrow is so long that it goes round the outside, and for an arrow that goes up. */
  ways: (number[] | null)[]
}
