import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { documentOptions, documentRoute } from './api/document.ts';
import type { ApiParts } from './api/parts.ts';
import { setUpScope } from './api/scope.ts';
import { boardRoutes } from './board/board-routes.ts';
import { bulkRoutes } from './bulk/bulk-routes.ts';
import { agentRoutes } from './calls/agent-routes.ts';
import { callLogRoutes } from './calls/call-log-routes.ts';
import { callRoutes } from './calls/call-routes.ts';
import { doNotCallRoutes } from './calls/do-not-call-routes.ts';
import { outcomeRoutes } from './calls/outcome-routes.ts';
import { dealRoutes } from './deals/deal-routes.ts';
import { demoRoutes } from './demo/demo-routes.ts';
import { quarantineRoutes } from './intake/quarantine-routes.ts';
import { readingRuleRoutes } from './intake/reading-rule-routes.ts';
import { replayRoutes } from './intake/replay-routes.ts';
import { submissionRoutes } from './intake/submission-routes.ts';
import { jobRoutes } from './jobs/job-routes.ts';
import { leadFieldRoutes } from './leads/lead-field-routes.ts';
import { leadListRoutes } from './leads/lead-list-routes.ts';
import { leadPartsRoutes } from './leads/lead-parts-routes.ts';
import { leadRoutes } from './leads/lead-routes.ts';
import { savedViewRoutes } from './leads/saved-view-routes.ts';
import { timelineRoutes } from './leads/timeline-routes.ts';
import { twinRoutes } from './leads/twin-routes.ts';
import { badgeRoutes } from './live/badge-routes.ts';
import { liveRoutes } from './live/live-routes.ts';
import { myDayRoutes } from './my-day/my-day-routes.ts';
import { noteRoutes } from './notes/note-routes.ts';
import { accountRoutes } from './people/account-routes.ts';
import { invitationRoutes } from './people/invitation-routes.ts';
import { meRoutes } from './people/me-routes.ts';
import { signInRoutes } from './people/sign-in-routes.ts';
import { twoStepRoutes } from './people/two-step-routes.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { taskRoutes } from './tasks/task-routes.ts';
import { auditRoutes } from './workspaces/audit/audit-routes.ts';
import { firstStepsRoutes } from './workspaces/first-steps-routes.ts';
import { memberAccessRoutes } from './workspaces/members/member-access-routes.ts';
import { memberRoutes } from './workspaces/members/member-routes.ts';
import { customFieldRoutes } from './workspaces/reference/custom-field-routes.ts';
import { referenceRoutes } from './workspaces/reference/reference-routes.ts';
import { shelfOrderRoutes } from './workspaces/reference/shelf-order-routes.ts';
import { systemRoutes } from './workspaces/system-routes.ts';
import { tokenRoutes } from './workspaces/tokens/token-routes.ts';
import { tokenSpecRoutes } from './workspaces/tokens/token-spec-routes.ts';
import { workspaceRoutes } from './workspaces/workspace-routes.ts';

export type { ApiParts } from './api/parts.ts';

/** Our own API, all of it below `/v1`. */
export async function registerApi(app: FastifyInstance, parts: ApiParts): Promise<void> {
  await app.register(
    async (plain) => {
      const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
      await scope.register(swagger, documentOptions);
      setUpScope(scope, parts);
      documentRoute(scope);
      for (const add of [
        leadListRoutes,
        bulkRoutes,
        leadRoutes,
        savedViewRoutes,
        badgeRoutes,
        liveRoutes,
        leadFieldRoutes,
        leadPartsRoutes,
        timelineRoutes,
        twinRoutes,
        callLogRoutes,
        noteRoutes,
        boardRoutes,
        submissionRoutes,
        replayRoutes,
        quarantineRoutes,
        readingRuleRoutes,
        callRoutes,
        agentRoutes,
        outcomeRoutes,
        doNotCallRoutes,
        taskRoutes,
        dealRoutes,
        myDayRoutes,
        referenceRoutes,
        shelfOrderRoutes,
        customFieldRoutes,
        memberRoutes,
        tokenRoutes,
        tokenSpecRoutes,
        systemRoutes,
        jobRoutes,
        reportRoutes,
        demoRoutes,
        meRoutes,
        signInRoutes,
        accountRoutes,
        twoStepRoutes,
        invitationRoutes,
        memberAccessRoutes,
        workspaceRoutes,
        firstStepsRoutes,
        auditRoutes,
      ])
        add(scope, parts);
    },
    { prefix: '/v1' },
  );
}
