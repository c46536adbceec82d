import L from 'leaflet'
import { HALF, stampOf } from './marks'
import { AGES, type Age, type Spot } from './places'

export type Mark = Spot & { id: string; age: Age }

/** How far from a mark a tap still means it, in pixels. */
const REACH = 22

/**
 * Thousands of marks on one canvas. Where each lies on the flat earth is reckoned once; a turn of the map only shifts and
 * stamps those in view.
 */
export class MarkLayer extends L.Layer {
  private readonly canvas = L.DomUtil.create('canvas', 'map-marks')
  private marks: readonly Mark[] = []
  private flat = new Float64Array(0)
  private chosen: ReadonlySet<string> = new Set()
  private stamps: Record<'plain' | 'chosen', Record<Age, HTMLCanvasElement>> | null = null
  private frame = 0

  put(marks: readonly Mark[]): void {
    this.marks = marks
    this.flat = new Float64Array(marks.length * 2)
    marks.forEach(({ lat, lng }, i) => {
      const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lng), 0)
      this.flat[2 * i] = x
      this.flat[2 * i + 1] = y
    })
    this.redraw()
  }

  choose(chosen: ReadonlySet<string>): void {
    this.chosen = chosen
    this.redraw()
  }

  /** Colours changed with the theme. */
  recolour(): void {
    this.stamps = null
    this.redraw()
  }

  override onAdd(map: L.Map): this {
    map.getPanes().overlayPane.appendChild(this.canvas)
    map.on('move zoomend resize viewreset', this.redraw, this)
    this.redraw()
    return this
  }

  override onRemove(map: L.Map): this {
    cancelAnimationFrame(this.frame)
    map.off('move zoomend resize viewreset', this.redraw, this)
    this.canvas.remove()
    return this
  }

  redraw(): void {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => this.draw())
  }

  /** The mark at a point of the screen: the nearest in reach. */
  at(point: L.Point): Mark | null {
    let best: Mark | null = null
    let near = REACH * REACH
    this.each((mark, x, y) => {
      const far = (x - point.x) ** 2 + (y - point.y) ** 2
      if (far >= near) return
      near = far
      best = mark
    })
    return best
  }

  private draw(): void {
    const map = this._map as L.Map | undefined
    const pen = this.canvas.getContext('2d')
    if (!map || !pen) return
    const { x: width, y: height } = map.getSize()
    const ratio = window.devicePixelRatio || 1
    L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]))
    this.canvas.width = Math.round(width * ratio)
    this.canvas.height = Math.round(height * ratio)
    this.canvas.style.width = `${width}px`
    this.canvas.style.height = `${height}px`
    pen.scale(ratio, ratio)
    const stamps = (this.stamps ??= stampsFor(this.canvas, ratio))
    this.each((mark, x, y) => {
      const stamp = stamps[this.chosen.has(mark.id) ? 'chosen' : 'plain'][mark.age]
      pen.drawImage(stamp, x - HALF, y - HALF, 2 * HALF, 2 * HALF)
    })
  }

  /** Those in view, with where they lie on the screen. */
  private each(act: (mark: Mark, x: number, y: number) => void): void {
    const map = this._map as L.Map | undefined
    if (!map) return
    const { x: width, y: height } = map.getSize()
    const scale = map.getZoomScale(map.getZoom(), 0)
    const corner = map.containerPointToLayerPoint([0, 0]).add(map.getPixelOrigin())
    for (let i = 0; i < this.marks.length; i++) {
      const x = (this.flat[2 * i] as number) * scale - corner.x
      const y = (this.flat[2 * i + 1] as number) * scale - corner.y
      if (x > -HALF && y > -HALF && x < width + HALF && y < height + HALF) act(this.marks[i] as Mark, x, y)
    }
  }
}

function stampsFor(canvas: HTMLCanvasElement, ratio: number) {
  const style = getComputedStyle(canvas)
  const all = (chosen: boolean) => Object.fromEntries(AGES.map(age => [age, stampOf(age, ratio, style, chosen)])) as Record<Age, HTMLCanvasElement>
  return { plain: all(false), chosen: all(true) }
}
