import type L from 'leaflet'
import type { Spot } from './places'

/** Nearer corners than this add nothing, in pixels. */
const STEP = 4

/** Draws a line around places with a mouse, a pen or a finger. Answers how to stop listening. */
export function lassoOn(map: L.Map, drawn: (line: Spot[]) => void, done: (line: Spot[]) => void): () => void {
  const box = map.getContainer()
  let line: Spot[] = []
  let last: { x: number; y: number } | null = null
  let pointer: number | null = null

  const spot = (event: PointerEvent): Spot | null => {
    const { left, top } = box.getBoundingClientRect()
    const [x, y] = [event.clientX - left, event.clientY - top]
    if (last && Math.hypot(x - last.x, y - last.y) < STEP) return null
    last = { x, y }
    const { lat, lng } = map.containerPointToLatLng([x, y])
    return { lat, lng }
  }
  const down = (event: PointerEvent) => {
    if (pointer !== null || event.button !== 0 || (event.target as Element).closest('button, a')) return
    pointer = event.pointerId
    box.setPointerCapture(pointer)
    last = null
    line = []
    move(event)
  }
  const move = (event: PointerEvent) => {
    if (event.pointerId !== pointer) return
    const next = spot(event)
    if (!next) return
    line.push(next)
    drawn([...line])
  }
  const up = (event: PointerEvent) => {
    if (event.pointerId !== pointer) return
    pointer = null
    const whole = line
    drawn([])
    if (event.type === 'pointerup' && whole.length > 2) done(whole)
  }
  const handlers = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up }
  map.dragging.disable()
  box.classList.add('is-lasso')
  for (const [name, handler] of Object.entries(handlers)) box.addEventListener(name, handler as EventListener)
  return () => {
    map.dragging.enable()
    box.classList.remove('is-lasso')
    for (const [name, handler] of Object.entries(handlers)) box.removeEventListener(name, handler as EventListener)
  }
}
