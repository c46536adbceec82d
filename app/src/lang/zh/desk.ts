// The words of desks. They come with the first screen of a desk: reps' phones do without.
import cases from './cases'
import covers from './covers'
import codes from './deskCodes'
import expert from './expert'
import file from './file'
import forecast from './forecast'
import inbox from './inbox'
import kitDesk from './kitDesk'
import map from './map'
import moves from './moves'
import policy from './policy'
import standing from './standing'
import workload from './workload'

export const words = { cases, covers, expert, file, forecast, inbox, kitDesk, map, moves, policy, standing, workload }

export default { words, codes }
