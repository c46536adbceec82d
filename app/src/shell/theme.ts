import { watchEffect } from 'vue'
import { settings } from '@/screens/settings'

/** Puts the chosen theme on the page, and follows the phone's when nothing was chosen. */
export function followTheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const show = () => {
    const theme = settings.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : settings.theme
    document.documentElement.dataset.theme = theme
    const ground = getComputedStyle(document.documentElement).getPropertyValue('--ground').trim()
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground)
  }
  watchEffect(show)
  dark.addEventListener('change', show)
}
