// Toasts and questions, asked from anywhere; KFeedback shows them, once, in the shell.
import { reactive } from 'vue'

type Action = { text: string; run: () => void }
export type Toast = { id: number; text: string; tone: 'plain' | 'danger'; action?: Action }
export type Question = {
  title: string
  text?: string
  /** Words of the button that goes on. */
  yes: string
  no?: string
  danger?: boolean
}

export const feedback = reactive<{ toasts: Toast[]; question: (Question & { answer: (yes: boolean) => void }) | null }>({
  toasts: [], question: null,
})

let last = 0

/** A short word that goes by itself, and makes room for the next: longer when it has something to tap or to warn of. */
export function toast(text: string, options: { tone?: Toast['tone']; action?: Action } = {}): void {
  const id = ++last
  feedback.toasts = [{ id, text, tone: options.tone ?? 'plain', ...(options.action && { action: options.action }) }]
  setTimeout(() => dropToast(id), options.action || options.tone === 'danger' ? 6000 : 2500)
}

export const dropToast = (id: number): void => {
  feedback.toasts = feedback.toasts.filter(one => one.id !== id)
}

/** Asks, and answers whether to go on. */
export function confirm(question: Question): Promise<boolean> {
  feedback.question?.answer(false)
  return new Promise(resolve => {
    feedback.question = {
      ...question,
      answer: yes => {
        feedback.question = null
        resolve(yes)
      },
    }
  })
}
