import { onMounted, ref, type Ref } from 'vue'

export type Storage = { used: number; room: number; /** The browser promised not to throw it away by itself. */ kept: boolean }

/** How much this app keeps on the phone; null where the browser does not tell. */
export function useStorage(): Ref<Storage | null> {
  const storage = ref<Storage | null>(null)
  onMounted(async () => {
    if (!navigator.storage?.estimate) return
    const [{ usage, quota }, kept] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted?.() ?? false])
    storage.value = { used: usage ?? 0, room: quota ?? 0, kept }
  })
  return storage
}

/** Bytes as 3.2 MB. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const at = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** at
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[at]}`
}
