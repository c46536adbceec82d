import type * as Api from '@/engine/graphql'

/** Codes that only desks show, in words. Every value of the API must be here. */
export default {
  exception: {
    NEGLECTED: '久未联系', MISSED: '错过的回访', NO_ROOM: '排不下', CASE: '停服个案', COMPLAINT: '投诉与不适', REVIEW: '待查回访',
    SILENT_PHONE: '手机失联', OVERRIDE: '改期无理由', LEAVE: '请假无人代', FORECAST: '预测未更新',
  } satisfies Record<Api.ExceptionKind, string>,
  next: {
    PLAN_CONTACT: '安排联系', RESCHEDULE: '改期', REASSIGN: '移交会员', COVER: '安排代班', WORK_CASE: '处理个案', LOOK: '查看',
    CALL_REP: '联系代表', ASK_REASON: '追问理由', SEE_FORECAST: '看预测成绩',
  } satisfies Record<Api.NextAction, string>,
  modelState: { STANDING: '使用中', RETIRED: '已换下', KEPT_BACK: '未启用' } satisfies Record<Api.ModelState, string>,
  standingCause: {
    BOUGHT: '有了购买', RETURNED: '有了退货', TIME: '日子过去', RANKS: '与其他会员相比', RULES: '规则改变', IMPORTED: '导入资料', CONFIRMED: '主管确认',
  } satisfies Record<Api.StandingCause, string>,
  verdict: { FINE: '属实', TALK: '已谈话' } satisfies Record<Api.Verdict, string>,
  joint: { ASKED: '等待答复', ACCEPTED: '已接受', DECLINED: '已谢绝', CANCELLED: '已撤回' } satisfies Record<Api.JointStatus, string>,
  policyFault: {
    range: '超出允许的范围', enum: '没有这个选项，请另选', required: '必须填写', order: '开始要早于结束，时段不能重叠', text: '只能有文字和换行',
    place: '花括号里只能用下面的词，括号要成对', length: '太长了，请写短一些', utf8: '含有无法识别的字符', type: '填写的格式不对', unknown: '没有这一项规则，请删去',
    rhythm: '续购越远，间隔不能越短；最多 365 天', phaseDay: '要晚于上一期，且在一年之内', objectives: '至少选一项', festivalDay: '这种历法没有这一天', name: '请填名称，不要太长',
    months: '超出允许的范围；低、休眠、移出要一个比一个晚', tiers: '4 到 15 分；越好的分层要的分越多', rungs: '不能比低一级要求少，至少有一项要更多',
    band: '上限至少要比下限高 2 个百分点',
  },
  dryRunProblem: { REPLACED: '您又开始了另一次试算', LOST: '服务器中途停过，请重新试算', BROKEN: '服务器出错，日志里有详情' } satisfies Record<Api.DryRunProblem, string>,
  figure: {
    ACCOUNTS: '会员', LOAD: '占用工时的回访', COVERING: '代管的会员', PLANNED: '计划的回访', SCHEDULED: '待做的回访', DONE: '完成的回访', REMAINING: '剩余的回访',
    REACHED: '联系上的回访', ATTEMPTS: '没联系上的回访', IN_TOUCH: '按时联系的会员', OUT_OF_TOUCH: '超过间隔的会员', REGULAR: '按间隔的回访',
    IRREGULAR: '超过间隔的回访', OVERDUE: '逾期的回访', NEGLECTED: '久未联系的会员', REPURCHASES: '回访后的续购', REFERRALS: '转介绍来的会员',
  } satisfies Record<Api.Figure, string>,
}
