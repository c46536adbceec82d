import type { Same } from '../types'
import type zh from '../zh/map'

export default {
  title: 'Map',
} satisfies Same<typeof zh>
