import { t } from '@/lang'
import type { ScriptCode } from '@/screens/account/script'

/** What a script is for, in words. */
export const scriptTitle = (code: ScriptCode): string => t(`policy.script_${code}`)
