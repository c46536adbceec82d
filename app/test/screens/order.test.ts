import { createApp, effectScope, nextTick, ref, shallowRef } from 'vue'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Commands, Place } from '@/engine/contract'
import { setLanguage } from '@/lang'
import { provideEngine } from '@/screens/engine'
import { useOrder } from '@/screens/today/useOrder'
import { memoryEngine } from '../memory'
import { NOW, settled } from './seated'

beforeEach(() => {
  const page = { hidden: false, visibilityState: 'visible', addEventListener: () => undefined, removeEventListener: () => undefined, querySelector: () => null }
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', { ...page, location: { search: '' } })
  return setLanguage('zh')
})

function atWork() {
  const engine = memoryEngine({ switches: ['offline'], now: () => NOW })
  const open = ref(false)
  const here = shallowRef<Place | null>(null)
  const app = createApp({})
  provideEngine(app, engine)
  const use = () => useOrder(() => open.value, () => here.value)
  const order = app.runWithContext(() => effectScope().run(use)) as ReturnType<typeof use>
  return { engine, open, here, order }
}

describe('the sheet that makes the day', () => {
  test('looks for nothing before it is opened, and again with a position', async () => {
    const { engine, open, here, order } = atWork()
    const ask = vi.spyOn(engine, 'ask')
    await settled()
    expect(ask).not.toHaveBeenCalled()
    open.value = true
    await settled()
    expect(order.found.value!.visits.length).toBeGreaterThan(1)
    here.value = { lat: 36.7, lng: 117 }
    await settled()
    expect(order.found.value!.from).toMatch(/here|started/)
    expect(ask).toHaveBeenCalledTimes(2)
  })

  test('keeps what was shown, without a network, and the day follows', async () => {
    const { engine, open, order } = atWork()
    const send = vi.spyOn(engine, 'send')
    open.value = true
    await settled()
    const { visits, left } = order.found.value!
    const waiting = left.filter(l => !l.card.item.atFixed).map(l => [l.card.item.id, 0])
    const shown = [...visits.map(v => [v.card.item.id, v.start]), ...waiting]
    expect(await order.use()).toBe(true)
    const { input } = send.mock.calls[0]![1] as Commands['OrderDay']
    expect(input.items.map(i => [i.itemId, i.startMin])).toEqual(shown)
    await nextTick()
    const day = await engine.ask('day', {})
    const ordered = day.items.filter(c => shown.some(([id]) => id === c.item.id)).map(c => [c.item.id, c.item.startMin])
    expect(ordered).toEqual(shown)
  })

  test('says when no order was found, and looks again when asked', async () => {
    const { engine, open, order } = atWork()
    vi.spyOn(engine, 'ask').mockRejectedValueOnce(new Error('no'))
    open.value = true
    await settled()
    expect([order.failed.value, order.found.value, await order.use()]).toEqual([true, null, false])
    await order.look()
    expect(order.failed.value).toBe(false)
  })
})
