import type { SyncState } from '@/engine/contract'
import type { IconName } from '@/kit/icons'
import { t } from '@/lang'

export type Status = { text: string; icon: IconName; tone: 'quiet' | 'warn' | 'danger'; to: string }

/** The one sentence that says where the work of this phone is: the worst first. Null when all is on the server. */
export function statusOf(sync: SyncState): Status | null {
  const to = '/me/outbox'
  const kept = sync.waiting > 0 ? ` · ${t('shell.kept', sync.waiting)}` : ''
  if (sync.trouble === 'storage') return { text: t('shell.storage'), icon: 'warning', tone: 'danger', to }
  if (sync.trouble === 'signedOut') return { text: t('shell.signedOut') + kept, icon: 'lock', tone: 'danger', to: '/signin' }
  if (sync.needsYou > 0) return { text: t('shell.needsYou', sync.needsYou) + kept, icon: 'warning', tone: 'danger', to }
  if (sync.trouble === 'gateway') return { text: t('shell.gateway') + kept, icon: 'globe', tone: 'warn', to }
  if (!sync.online || sync.trouble === 'offline') return { text: t('shell.offline') + kept, icon: 'offline', tone: 'warn', to }
  if (sync.trouble === 'server') return { text: t('shell.server') + kept, icon: 'warning', tone: 'warn', to }
  if (sync.filling) return { text: t('shell.filling'), icon: 'refresh', tone: 'quiet', to }
  if (sync.waiting > 0) {
    return { text: sync.busy ? t('shell.sending', sync.waiting) : t('shell.kept', sync.waiting), icon: 'send', tone: 'quiet', to }
  }
  if (sync.photosWaiting > 0) return { text: t('shell.photos', sync.photosWaiting), icon: 'camera', tone: 'quiet', to }
  return null
}
