import type { Same } from '../types'
import type zh from '../zh/workload'

export default {
  title: 'Workload',
  nothing: 'No figures this month yet',
  nothingNote: 'They appear with plans and contacts.',
} satisfies Same<typeof zh>
