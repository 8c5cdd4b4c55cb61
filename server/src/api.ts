import { constants } from 'node:zlib';
import fastifyCompress, { type FastifyCompressOptions } from '@fastify/compress';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { boardRoutes } from './board/board-routes.ts';
import { bulkRoutes } from './bulk/bulk-routes.ts';
import { agentRoutes } from './calls/agent-routes.ts';
import { callLogRoutes } from './calls/call-log-routes.ts';
import { callRoutes } from './calls/call-routes.ts';
import { doNotCallRoutes } from './calls/do-not-call-routes.ts';
import { callListRoutes } from './calls/lists/call-list-routes.ts';
import { outcomeRoutes } from './calls/outcome-routes.ts';
import { dealRoutes } from './deals/deal-routes.ts';
import { demoRoutes } from './demo/demo-routes.ts';
import { demoSessionRoutes } from './demo/demo-session-routes.ts';
import { feedRoutes } from './feed/feed-routes.ts';
import type { ApiScope } from './http/api-context.ts';
import { documentOptions, documentRoute } from './http/document.ts';
import { jobRoutes } from './jobs/job-routes.ts';
import { scheduleRoutes } from './jobs/schedule-routes.ts';
import { notKeptRoutes } from './journal/not-kept-routes.ts';
import { quarantineRoutes } from './journal/quarantine-routes.ts';
import { readingRuleRoutes } from './journal/reading-rule-routes.ts';
import { replayRoutes } from './journal/replay-routes.ts';
import { submissionRoutes } from './journal/submission-routes.ts';
import { binRoutes } from './leads/bin/bin-routes.ts';
import { possibleDuplicateRoutes } from './leads/duplicates/duplicate-routes.ts';
import { leadFieldRoutes } from './leads/lead-field-routes.ts';
import { leadRoutes } from './leads/lead-routes.ts';
import { leadListRoutes } from './leads/list/lead-list-routes.ts';
import { timelineRoutes } from './leads/timeline/timeline-routes.ts';
import { savedViewRoutes } from './leads/views/saved-view-routes.ts';
import { liveRoutes } from './live/live-routes.ts';
import { outboxRoutes } from './mail/outbox-routes.ts';
import { preferenceRoutes } from './mail/preference-routes.ts';
import { badgeRoutes } from './my-day/badge-routes.ts';
import { myDayRoutes } from './my-day/my-day-routes.ts';
import { setUpApi } from './native/api-scope.ts';
import { operationRoutes } from './native/operation-routes.ts';
import { noteRoutes } from './notes/note-routes.ts';
import { messagePreviewRoutes } from './notices/message-preview-routes.ts';
import { accountRoutes } from './people/account-routes.ts';
import { invitationRoutes } from './people/invitation-routes.ts';
import { meRoutes } from './people/me-routes.ts';
import { passwordResetRoutes } from './people/password-reset-routes.ts';
import { signInRoutes } from './people/sign-in-routes.ts';
import { twoStepRoutes } from './people/two-step-routes.ts';
import { erasureRoutes } from './privacy/erasure-routes.ts';
import { retentionRoutes } from './privacy/retention-routes.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { auditRoutes } from './settings/audit/audit-routes.ts';
import { firstStepsRoutes } from './settings/first-steps-routes.ts';
import { memberAccessRoutes } from './settings/members/member-access-routes.ts';
import { memberRoutes } from './settings/members/member-routes.ts';
import { customFieldRoutes } from './settings/reference/custom-field-routes.ts';
import { newNameRoutes } from './settings/reference/new-name-routes.ts';
import { referenceOrderRoutes } from './settings/reference/reference-order-routes.ts';
import { referenceRoutes } from './settings/reference/reference-routes.ts';
import { systemRoutes } from './settings/system-routes.ts';
import { tokenRoutes } from './settings/tokens/token-routes.ts';
import { tokenSpecRoutes } from './settings/tokens/token-spec-routes.ts';
import { workspaceRoutes } from './settings/workspace-routes.ts';
import { taskRoutes } from './tasks/task-routes.ts';
import { deliveryRoutes } from './webhooks/delivery-routes.ts';
import { webhookRoutes } from './webhooks/webhook-routes.ts';

/** Everything that the routes of `/v1` need. */
export type WholeApiContext = Parameters<typeof jobRoutes>[1] &
  Parameters<typeof liveRoutes>[1] &
  Parameters<typeof notKeptRoutes>[1] &
  Parameters<typeof operationRoutes>[1] &
  Parameters<typeof passwordResetRoutes>[1] &
  Parameters<typeof readingRuleRoutes>[1] &
  Parameters<typeof replayRoutes>[1] &
  Parameters<typeof systemRoutes>[1] &
  Parameters<typeof tokenSpecRoutes>[1] &
  Parameters<typeof webhookRoutes>[1];

/** Responses are compressed above a size at which that saves time; the stream of live updates never is. */
const compression: FastifyCompressOptions = {
  encodings: ['br', 'gzip'],
  threshold: 2048,
  // Compressed requests are refused, and stored as they came.
  globalDecompression: false,
  customTypes: /^(application\/(problem\+)?json|text\/csv)\b/,
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
};

const routes: readonly ((scope: ApiScope, api: WholeApiContext) => void)[] = [
  leadListRoutes,
  bulkRoutes,
  leadRoutes,
  binRoutes,
  savedViewRoutes,
  badgeRoutes,
  liveRoutes,
  leadFieldRoutes,
  operationRoutes,
  timelineRoutes,
  possibleDuplicateRoutes,
  callLogRoutes,
  noteRoutes,
  boardRoutes,
  feedRoutes,
  notKeptRoutes,
  submissionRoutes,
  replayRoutes,
  quarantineRoutes,
  readingRuleRoutes,
  callRoutes,
  callListRoutes,
  agentRoutes,
  outcomeRoutes,
  outboxRoutes,
  messagePreviewRoutes,
  preferenceRoutes,
  doNotCallRoutes,
  taskRoutes,
  dealRoutes,
  myDayRoutes,
  newNameRoutes,
  referenceRoutes,
  referenceOrderRoutes,
  customFieldRoutes,
  memberRoutes,
  tokenRoutes,
  tokenSpecRoutes,
  webhookRoutes,
  deliveryRoutes,
  systemRoutes,
  jobRoutes,
  scheduleRoutes,
  reportRoutes,
  demoRoutes,
  demoSessionRoutes,
  meRoutes,
  signInRoutes,
  accountRoutes,
  twoStepRoutes,
  invitationRoutes,
  passwordResetRoutes,
  memberAccessRoutes,
  workspaceRoutes,
  firstStepsRoutes,
  auditRoutes,
  retentionRoutes,
  erasureRoutes,
];

/** Registers our own API: everything below `/v1`. */
export async function registerApi(app: FastifyInstance, api: WholeApiContext): Promise<void> {
  await app.register(
    async (plain) => {
      const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
      await scope.register(swagger, documentOptions);
      await scope.register(fastifyCompress, compression);
      setUpApi(scope, api);
      documentRoute(scope);
      for (const add of routes) add(scope, api);
    },
    { prefix: '/v1' },
  );
}
