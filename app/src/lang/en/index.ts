import account from './account'
import accounts from './accounts'
import codes from './codes'
import kit from './kit'
import log from './log'
import me from './me'
import plan from './plan'
import shell from './shell'
import signin from './signin'
import team from './team'
import today from './today'

export const words = { shell, kit, signin, today, plan, accounts, account, log, me, team }

export default { words, codes }
