import type { Same } from '../types'
import type zh from '../zh/moves'

export default {
  title: 'Moves',
  nothing: 'No accounts were moved yet',
  nothingNote: 'Reassigning, balancing and the map begin here.',
} satisfies Same<typeof zh>
