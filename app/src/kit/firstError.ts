import { nextTick } from 'vue'

/** After a form was refused: brings the first of its errors into view and the keyboard to it. Without errors nothing happens. */
export async function toFirstError(): Promise<void> {
  await nextTick()
  const box = [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? document.querySelector('main')
  const wrong = box?.querySelector('.k-field-error')
  wrong?.scrollIntoView({ block: 'center' })
  wrong?.parentElement?.querySelector<HTMLElement>('input, textarea, select, button')?.focus({ preventScroll: true })
}
