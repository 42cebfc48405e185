import { ROW, TAP_ROW } from '../layout/box-size.ts'
import type { Point } from '../layout/layout.ts'
import { nodeKind } from '../model/node-kind.ts'
import type { Area, Drawing, DrawnArrow, DrawnBox } from './drawing.ts'

/** What is to be painted where: a point of the picture times `zoom` plus the offset is a point of the canvas, in CSS pixels. */
export type View = { x: number; y: number; zoom: number; width: number; height: number }

/** The theme's colours, by what they are for. */
export type Ink = Record<'line' | 'accent' | 'fill' | 'group' | 'end' | 'frame' | 'plain' | 'heavy' | 'control', string>

export type Painted = {
  drawing: Drawing
  /** The box where the person is. */
  chosen: string | null
  /** Boxes too, where they are too small to be read; else the arrows alone. */
  boxes: boolean
  holdsGraphs: (node: number) => boolean
}

/** Below this size on the screen, in pixels, nothing of it can be told apart. */
const LEAST = 1.5
const CORNER = 6
const HEAD = { length: 7, width: 5 }

/** The part of the picture that a view shows. */
export const shownArea = ({ x, y, zoom, width, height }: View): Area => ({
  left: -x / zoom,
  top: -y / zoom,
  right: (width - x) / zoom,
  bottom: (height - y) / zoom,
})

function trace(context: CanvasRenderingContext2D, points: readonly Point[], rounded: boolean) {
  for (const [index, { x, y }] of points.entries()) {
    const next = points[index + 1]
    if (index === 0) context.moveTo(x, y)
    else if (next && rounded) context.arcTo(x, y, next.x, next.y, CORNER)
    else context.lineTo(x, y)
  }
}

function paintArrows(context: CanvasRenderingContext2D, arrows: readonly DrawnArrow[], zoom: number, colour: string) {
  const readable = zoom > 0.2
  context.strokeStyle = colour
  context.lineWidth = Math.max(1, 0.6 / zoom)
  context.beginPath()
  for (const { points } of arrows) trace(context, points, readable)
  context.stroke()
  if (!readable) return
  context.fillStyle = colour
  context.beginPath()
  for (const { points } of arrows) {
    const end = points.at(-1)
    if (!end) continue
    context.moveTo(end.x, end.y)
    context.lineTo(end.x - HEAD.width, end.y - HEAD.length)
    context.lineTo(end.x + HEAD.width, end.y - HEAD.length)
  }
  context.fill()
}

/** Each operator as a bar of its length and colour, as a page looks from far away. */
function paintRows(context: CanvasRenderingContext2D, { box, place }: DrawnBox, painted: Painted, ink: Ink) {
  if (box.kind !== 'chain') return
  let y = place.y + place.height - 4 - ROW * box.nodes.length
  for (const node of box.nodes) {
    context.fillStyle = ink[nodeKind(node, painted.holdsGraphs(node.Id))]
    context.fillRect(place.x + 11, y + 8, Math.min(place.width - 22, node.Type.length * 7.3), ROW - 16)
    y += ROW
  }
}

function paintBox(context: CanvasRenderingContext2D, drawn: DrawnBox, painted: Painted, ink: Ink, zoom: number) {
  const { box, place } = drawn
  const isEnd = box.kind === 'input' || box.kind === 'output'
  const width = Math.max(place.width, LEAST / zoom)
  const height = Math.max(place.height, LEAST / zoom)
  if (height * zoom < 4) {
    context.fillStyle = isEnd ? ink.accent : ink.plain
    context.fillRect(place.x, place.y, width, height)
    return
  }
  context.fillStyle = isEnd ? ink.end : box.kind === 'group' ? ink.group : ink.fill
  context.fillRect(place.x, place.y, width, height)
  context.strokeStyle = isEnd ? ink.accent : ink.frame
  context.lineWidth = Math.max(1, 0.8 / zoom)
  context.strokeRect(place.x, place.y, width, height)
  if (zoom * ROW > 2.5) paintRows(context, drawn, painted, ink)
}

/** Paints what a view shows of a drawing: arrows, and where it is seen from far away boxes without words. */
export function paint(context: CanvasRenderingContext2D, view: View, painted: Painted, ink: Ink): void {
  const { drawing, chosen, boxes } = painted
  const { zoom } = view
  const area = shownArea(view)
  const size = TAP_ROW / zoom
  const shown = { left: area.left - size, top: area.top - size, right: area.right + size, bottom: area.bottom + size }
  context.save()
  context.translate(view.x, view.y)
  context.scale(zoom, zoom)
  const arrows = drawing.arrowsIn(shown)
  const isNear = ({ arrow }: DrawnArrow) => arrow.from === chosen || arrow.to === chosen
  paintArrows(context, arrows, zoom, ink.line)
  if (boxes) for (const box of drawing.boxesIn(shown)) paintBox(context, box, painted, ink, zoom)
  if (chosen !== null) paintArrows(context, arrows.filter(isNear), zoom, ink.accent)
  const here = boxes ? drawing.boxesIn(shown).find(({ box }) => box.id === chosen)?.place : undefined
  if (here) {
    context.strokeStyle = ink.accent
    context.lineWidth = 2.5 / zoom
    context.strokeRect(here.x - 2 / zoom, here.y - 2 / zoom, here.width + 4 / zoom, here.height + 4 / zoom)
  }
  context.restore()
}
