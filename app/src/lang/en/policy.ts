import type { Same } from '../types'
import type zh from '../zh/policy'

export default {
  title: 'Policy',
  nothing: 'The default rules are in force',
  nothingNote: 'The company has not set rules of its own.',
} satisfies Same<typeof zh>
