import type { Same } from '../types'
import type zh from '../zh/inbox'

export default {
  title: 'Inbox',
} satisfies Same<typeof zh>
