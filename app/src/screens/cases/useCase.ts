import { computed, ref } from 'vue'
import type { AccountFileQuery, CaseQuery, JointRequestsQuery } from '@/engine/graphql'
import { apiLang, useRead } from '../desk'
import { useAsk, useEngine } from '../engine'

export type CaseFile = CaseQuery['case']
export type AccountFile = AccountFileQuery['accountFile']
export type Joint = JointRequestsQuery['jointRequests'][number]

/** A case with its account, the requests about it, and the names of who is in it; live. */
export function useCase(id: () => string) {
  const engine = useEngine()
  const read = useRead('Case', () => ({ case: id() }))
  const file = computed<CaseFile | null>(() => read.data.value?.case ?? null)
  const accountId = computed(() => file.value?.case.accountId ?? null)
  const accounts = useRead('AccountFile', () => (accountId.value ? { account: accountId.value, lang: apiLang() } : null))
  const account = computed<AccountFile | null>(() => accounts.data.value?.accountFile ?? null)
  // A request of one's own to an expert moves one's own rows, and nothing of a team.
  const requests = useRead('JointRequests', () => ({ case: id() }), { topics: ['desk', 'rows'] })
  const staff = useRead('Staff', () => ({}), { topics: [] })
  const { data: world } = useAsk('world', () => undefined)
  const note = ref<string | null>(null)
  const written = ref<Record<string, string>>({})
  const people = computed(() => [...(staff.data.value?.staff ?? []), ...(world.value?.people ?? [])])
  return {
    ...read, file, account,
    note,
    /** A look at a note is written down: only when it is asked for. */
    readNote: async () => { note.value = (await engine.read('CaseNote', { case: id() })).caseNote },
    /** What was written at steps, by step, as far as it was asked for. */
    written,
    /** Looks at another's words are written down as well. */
    readWritten: async () => {
      const { stepNotes } = await engine.read('StepNotes', { case: id() })
      written.value = Object.fromEntries(stepNotes.map(n => [n.stepId, n.note]))
    },
    name: (person: string | null) => people.value.find(p => p.id === person)?.name ?? '',
    people,
    planned: computed(() => account.value?.items.find(i => i.caseId === id() && (i.status === 'OPEN' || i.status === 'STARTED')) ?? null),
    joints: computed<Joint[]>(() => requests.data.value?.jointRequests ?? []),
  }
}

export type OneCase = ReturnType<typeof useCase>
