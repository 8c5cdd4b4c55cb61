import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { Refused } from '../http/refused.ts';
import { replies } from '../http/replies.ts';
import { contextOf } from '../http/request-context.ts';
import { closed, shape } from '../http/shapes.ts';
import { htmlOf, textOf } from '../mail/compose.ts';
import type { WithMail } from '../mail/queue-mail.ts';
import { invalid } from '../platform/problem.ts';
import { exampleValues, fillMessage, messageFields, unknownMessageFields } from './lead-message.ts';

const template = shape(
  'LeadMessageTemplate',
  closed(
    {
      subject: Type.String({ maxLength: 200 }),
      text: Type.String({ maxLength: 5000, description: 'May contain {{field}} and {{field|default}}.' }),
    },
    'A message to leads of a type.',
  ),
);
const preview = shape(
  'LeadMessagePreview',
  Type.Object(
    {
      subject: Type.String(),
      text: Type.String({ description: 'The plain text.' }),
      html: Type.String({ description: 'The same text as HTML.' }),
      fields: Type.Array(Type.String(), { description: 'Fields that a template may contain.' }),
    },
    { description: 'A message as an invented lead would receive it.' },
  ),
);

/** `/v1/lead-messages/preview`: previews the message that leads of a type get. */
export function messagePreviewRoutes(scope: ApiScope, api: ApiContext & WithMail): void {
  scope.post(
    '/lead-messages/preview',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Preview a message to leads',
        description: 'Nothing is sent or stored.',
        tags: ['Mail'],
        body: template.ref,
        response: replies({ 200: preview.ref }),
      },
    },
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
