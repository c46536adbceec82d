import { onScopeDispose, reactive, ref, shallowRef } from 'vue'
import { asEngineError, useEngine } from '@/screens/engine'
import type { DraftPhoto, ID } from '@/engine/contract'
import { compress, MAX_PHOTOS, takenAt } from './photo'
import { newId } from '@/screens/newId'

export type PhotoTrouble = 'unreadable' | 'full' | 'storage'

/** The photos of a draft: made small and kept as they are taken. `ready` puts the draft itself down first. */
export function usePhotos(key: string, kept: DraftPhoto[], ready: () => Promise<void>) {
  const engine = useEngine()
  const photos = ref<DraftPhoto[]>([...kept])
  const urls = reactive(new Map<ID, string>())
  const busy = ref(false)
  const trouble = shallowRef<PhotoTrouble | null>(null)

  const show = (id: ID, bytes: BlobPart) => urls.set(id, URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })))
  const forget = (id: ID) => {
    URL.revokeObjectURL(urls.get(id) ?? '')
    urls.delete(id)
  }
  onScopeDispose(() => [...urls.keys()].forEach(forget))

  const load = async () => {
    for (const { id } of kept) {
      const bytes = await engine.ask('draftPhoto', { key, id })
      if (bytes) show(id, bytes)
    }
  }

  const keep = async (file: File): Promise<DraftPhoto> => {
    const { blob, width, height } = await compress(file)
    const photo = { id: newId(), takenAt: takenAt(file, Date.now()), width, height, bytes: blob.size }
    const bytes = await blob.arrayBuffer()
    await ready()
    show(photo.id, bytes.slice(0))
    await engine.addDraftPhoto(key, photo, bytes)
    return photo
  }

  /** Takes files in, one after the other; what cannot be read is left out and told. */
  const add = async (files: File[]) => {
    busy.value = true
    trouble.value = files.length > MAX_PHOTOS - photos.value.length ? 'full' : null
    for (const file of files.slice(0, MAX_PHOTOS - photos.value.length)) {
      try {
        photos.value.push(await keep(file))
      } catch (failure) {
        trouble.value = asEngineError(failure).code === 'storage' ? 'storage' : 'unreadable'
      }
    }
    busy.value = false
  }

  const remove = async (id: ID) => {
    await engine.dropDraftPhoto(key, id)
    photos.value = photos.value.filter(p => p.id !== id)
    forget(id)
  }

  /** The new one is kept before the old one goes, and takes its place. */
  const retake = async (id: ID, file: File) => {
    busy.value = true
    trouble.value = null
    try {
      const photo = await keep(file)
      const at = photos.value.findIndex(p => p.id === id)
      photos.value.splice(at + 1, 0, photo)
      await remove(id)
    } catch (failure) {
      trouble.value = asEngineError(failure).code === 'storage' ? 'storage' : 'unreadable'
    }
    busy.value = false
  }

  void load()
  return reactive({ photos, urls, busy, trouble, add, remove, retake })
}
export type Photos = ReturnType<typeof usePhotos>
