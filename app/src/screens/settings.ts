// Choices of this browser, not of the user: they hold before anybody signed in.
import { reactive, watch } from 'vue'
import type { Language } from '@/lang'
import type { MapApp } from '@/rules/mapLinks'

export type Theme = 'auto' | 'light' | 'dark'
type Settings = { language: Language; theme: Theme; /** Null: ask at the next navigation. */ map: MapApp | null }

const place = 'huifang.settings'

function stored(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Settings>
  } catch {
    return {}
  }
}

const first: Settings = { language: 'zh', theme: 'auto', map: null }

export const settings = reactive<Settings>({ ...first, ...stored() })

watch(settings, now => {
  try {
    localStorage.setItem(place, JSON.stringify(now))
  } catch {
    // Private windows may refuse: the choice then holds until the window is closed.
  }
})
