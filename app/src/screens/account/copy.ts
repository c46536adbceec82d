import { toast } from '@/kit/feedback'
import { t } from '@/lang'

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('account.copied'))
  } catch {
    toast(t('account.copyFailed'), { tone: 'danger' })
  }
}
