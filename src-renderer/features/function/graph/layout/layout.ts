export type Point = { x: number; y: number }
export type Place = Point & { width: number; height: number }
export type Places = ReadonlyMap<string, Place>

/** Where an arrow runs, and the middle of its label if it has one. */
export type Route = { points: readonly Point[]; label: Point | null }

/** Where everything in a picture is. */
export type Layout = { places: Places; routes: ReadonlyMap<string, Route> }
