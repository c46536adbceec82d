import type * as Api from '@/engine/graphql'

/** Codes of the API in words. Every value must be here; a table may have more than the API has. */
export default {
  kind: {
    HOME_VISIT: '家访', CALL: '电话', MESSAGE: '信息', EVENT: '活动', STORE: '到店',
  } satisfies Record<Api.ContactKind, string>,
  outcome: {
    MET: '见到了', TALKED: '通了话', SENT: '已发送', ATTENDED: '到场了', NOT_HOME: '不在家', NO_ANSWER: '无人接听',
    REFUSED: '拒绝', WRONG_NUMBER: '号码错误', MOVED_AWAY: '已搬走', ASKED_TO_COME_BACK: '请改天再来',
  } satisfies Record<Api.Outcome, string>,
  review: {
    FAR_FROM_HOME: '记录地点离会员家较远', TOO_SHORT: '时间很短', MANY_IN_SHORT: '短时间内记录较多',
    IMPOSSIBLE_TRAVEL: '两地之间来不及赶到', COPIED_NOTE: '备注与别的记录相同', CLOCK_AHEAD: '手机时间偏快',
    VERY_LATE: '很久以后才补记', AFTER_HANDOVER: '会员已经移交', AFTER_REVOCATION: '设备停用以后才送达',
    ITEM_CLOSED: '计划此前已经关闭',
    OPTED_OUT: '会员不希望用这种方式联系', NEXT_NOT_PLANNED: '下一步没能排进计划',
    NOT_ALL_ORDERED: '有的回访已不在那天，其余已按新顺序排好',
  } satisfies Record<Api.ReviewFlag, string>,
  horizon: {
    THIS_MONTH: '本月内会买', WITHIN_2_MONTHS: '两个月内会买', WITHIN_3_MONTHS: '三个月内会买', LATER: '更晚', UNKNOWN: '还不清楚',
  } satisfies Record<Api.Horizon, string>,
  horizonShort: {
    THIS_MONTH: '本月', WITHIN_2_MONTHS: '两月内', WITHIN_3_MONTHS: '三月内', LATER: '更晚', UNKNOWN: '不明',
  } satisfies Record<Api.Horizon, string>,
  status: {
    OPEN: '待办', STARTED: '进行中', DONE: '已完成', CANCELLED: '已取消', DROPPED: '已撤下',
  } satisfies Record<Api.ItemStatus, string>,
  source: { PLANNER: '系统安排', PERSON: '自己安排' } satisfies Record<Api.ItemSource, string>,
  role: {
    REP: '售后代表', EXPERT: '专家', SUPERVISOR: '主管', MANAGER: '经理', ADMIN: '管理员',
  } satisfies Record<Api.Role, string>,
  usage: {
    REGULAR: '按时使用', IRREGULAR: '断断续续', NOT_STARTED: '还没开始', STOPPED: '已停用',
  } satisfies Record<Api.Usage, string>,
  effect: { GOOD: '效果好', SOME: '有一些效果', NONE: '没感觉', DISCOMFORT: '有不适' } satisfies Record<Api.Effect, string>,
  took: { REPURCHASE: '答应回购', REFERRAL: '介绍了朋友' } satisfies Record<Api.Took, string>,
  caseKind: {
    STOP: '停用', RETURN: '退货', REACTION: '不适', WIN_BACK: '挽回', COMPLAINT: '投诉',
  } satisfies Record<Api.CaseKind, string>,
  caseStatus: {
    OPEN: '处理中', WON_BACK: '已挽回', GIVEN_UP: '已放弃', SETTLED: '已了结',
  } satisfies Record<Api.CaseStatus, string>,
  stopCause: {
    EFFECT_OR_QUALITY: '效果或质量', SERVICE: '服务', COMPETITOR: '用了别家产品',
  } satisfies Record<Api.StopCause, string>,
  step: {
    SELF_REVIEW: '自己先回顾', AGREE: '与主管商定', VISIT: '上门拜访', DECIDE: '作出决定',
  } satisfies Record<Api.StepKind, string>,
  occasion: {
    BIRTHDAY: '生日', SPOUSE_BIRTHDAY: '配偶生日', ANNIVERSARY: '纪念日', OTHER: '其他日子',
  } satisfies Record<Api.Occasion, string>,
  calendar: { SOLAR: '公历', LUNAR: '农历' } satisfies Record<Api.Calendar, string>,
  sex: { FEMALE: '女', MALE: '男' } satisfies Record<Api.Sex, string>,
  service: {
    ON_PRODUCT: '正在使用', STOPPED: '已停用', NOT_YET: '尚未使用',
  } satisfies Record<Api.ServiceState, string>,
  lifecycle: {
    POTENTIAL: '潜在会员', NEW: '新会员', ESTABLISHED: '老会员', CHURNED: '已流失',
  } satisfies Record<Api.Lifecycle, string>,
  standingAxis: { GRADE: '会员评分', TIER: '分层', LIFECYCLE: '分类', ACTIVITY: '活动量' } satisfies Record<Api.StandingAxis, string>,
  activity: {
    HIGH: '月月购买', NORMAL: '不时购买', LOW: '三个月没买', DORMANT: '半年没买', LAPSED: '一年没买',
  } satisfies Record<Api.Activity, string>,
  tier: { A: 'A 级', B: 'B 级', C: 'C 级', D: 'D 级' } satisfies Record<Api.ValueTier, string>,
  forecast: {
    SUPPLY: '按所购的量推算', RHYTHM: '按本人的购买规律', POPULATION: '按同类会员', REP: '按代表的判断',
  } satisfies Record<Api.ForecastSource, string>,
  shed: {
    NO_WORKING_DAY: '没有可用的工作日', CUSTOMER_HOURS: '会员的时间对不上', COMPANION_AWAY: '同行的人没空',
    SAME_DAY_CONTACT: '同一天已有联系', WEEKLY_CAP: '本周联系已满', TOO_LONG: '一天排不下', NO_CAPACITY: '时间排满了',
    OUTSIDE_PERIOD: '不在计划期内',
  } satisfies Record<Api.ShedReason, string>,
  travel: { WALK: '步行', EBIKE: '电动车', CAR: '开车', BUS: '公交' } satisfies Record<Api.TravelMode, string>,
  error: {
    UNAUTHENTICATED: '请重新登录', NOT_FOUND: '找不到，或者不再由您负责', INVALID: '内容有误，请检查', CONFLICT: '别人先改了同一处',
    REFUSED: '规定不允许这样做', LIMITED: '太频繁了，请稍后再试', INTERNAL: '服务器出了问题，请稍后再试',
    offline: '现在没有网络', storage: '手机存储空间不足', locked: '请先登录', gateway: '网络需要先在浏览器里登录或认证',
    server: '暂时连不上服务器', signedOut: '已退出登录',
  },
  work: {
    waiting: '已存在手机上', sending: '正在发送', accepted: '已送达', review: '已送达，待主管查看', conflict: '与别人的修改冲突',
    refused: '未被接受',
  },
  command: {
    LogContact: '回访记录', StartItem: '开始', CancelItem: '取消计划', RescheduleItem: '改期', OrderDay: '排好今天', PinItem: '固定日期',
    PlanContact: '新增计划', EditAccount: '修改会员资料', AddMember: '添加家人', RemoveMember: '删除家人', AddDate: '添加日子',
    RemoveDate: '删除日子', SetTags: '修改标签', PauseAccount: '暂停联系', ResumeAccount: '恢复联系', OverrideHorizon: '修改续购期',
    EndOverride: '撤销续购期修改', StopAccount: '登记停用', ResumeService: '恢复使用', OpenCase: '新建个案', CompleteCaseStep: '完成步骤',
    CloseCase: '了结个案', RecordPurchase: '登记购买', RecordReturn: '登记退货', AskLeave: '请假', AnswerReview: '回访说明', ReadHandover: '已读交接', ObjectToMove: '会员不愿换人',
  },
}
