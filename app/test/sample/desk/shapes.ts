import type { CaseBoardQuery, InboxQuery, JointRequestsQuery } from '../../../src/engine/graphql'

export type Exception = InboxQuery['inbox']['edges'][number]['node']
export type BoardRow = CaseBoardQuery['caseBoard']['edges'][number]['node']
export type Joint = JointRequestsQuery['jointRequests'][number]
