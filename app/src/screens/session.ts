import { readonly, shallowRef, type ShallowRef } from 'vue'
import type { Engine, Session } from '@/engine/contract'
import { setZone } from '@/lang/format'

const session = shallowRef<Session>({ state: 'none', logins: [] })

/** Reads who is signed in, and goes on doing so whenever it changes in any tab. */
export async function followSession(engine: Engine): Promise<void> {
  const read = async () => {
    const next = await engine.ask('session', undefined)
    if (next.state === 'open') setZone(next.zone)
    session.value = next
  }
  engine.on(topics => {
    if (topics.includes('session')) void read()
  })
  await read()
}

/** Who is signed in on this phone. */
export const useSession = (): Readonly<ShallowRef<Session>> => readonly(session) as Readonly<ShallowRef<Session>>

/** The signed-in user; only behind the sign-in. */
export function signedIn(): Extract<Session, { state: 'open' }> {
  if (session.value.state !== 'open') throw new Error('nobody is signed in')
  return session.value
}

/** Leads people: sees the team. */
export const leads = (now: Session): boolean =>
  now.state === 'open' && (now.user.role === 'SUPERVISOR' || now.user.role === 'MANAGER')
