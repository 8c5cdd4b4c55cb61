import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { Refused } from '../http/refused.ts';
import { contextOf } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { bodyShape, viewShape } from '../http/shapes.ts';
import { htmlOf, textOf } from '../mail/compose.ts';
import type { WithMail } from '../mail/queue-mail.ts';
import { invalid } from '../platform/problem.ts';
import { exampleValues, fillMessage, messageFields, unknownMessageFields } from './lead-message.ts';

const template = bodyShape('LeadMessageTemplate', 'A message to leads of a type.', {
  subject: Type.String({ maxLength: 200 }),
  text: Type.String({ maxLength: 5000, description: 'May contain {{field}} and {{field|default}}.' }),
});
const preview = viewShape('LeadMessagePreview', 'A message as a made-up lead would receive it.', {
  subject: Type.String(),
  text: Type.String({ description: 'The plain text.' }),
  html: Type.String({ description: 'The same text as HTML.' }),
  fields: Type.Array(Type.String(), { description: 'Fields that a template may contain.' }),
});

const { route } = routesAbout('Mail');

/** `/v1/lead-messages/preview`: previews the message that leads of a type get. */
export function messagePreviewRoutes(scope: ApiScope, api: ApiContext & WithMail): void {
  scope.post(
    '/lead-messages/preview',
    route('administer', 'Preview a message to leads', {
      about: 'Nothing is sent or stored.',
      body: template.ref,
      200: preview.ref,
    }),
    async (request) => {
      if (unknownMessageFields(request.body).length > 0)
        throw new Refused(invalid({ at: 'text', code: 'unknown_field' }));
      const workspace = contextOf(request).referenceData.workspace.name;
      const { subject, body } = fillMessage(request.body, { ...exampleValues, workspace });
      const links = { base: api.mail.base, button: null, unsubscribe: null };
      return { subject, text: textOf(body, links), html: htmlOf(subject, body, links), fields: messageFields };
    },
  );
}
