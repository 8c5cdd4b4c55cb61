/** Writes docs/events.md from the catalogue of events, and docs/webhooks.md. Run by `npm run events`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsText } from './events/document.ts';
import { projectRoot } from './platform/project-root.ts';
import { webhooksText } from './webhooks/document.ts';

const docs = join(projectRoot(), 'docs');
writeFileSync(join(docs, 'events.md'), eventsText());
writeFileSync(join(docs, 'webhooks.md'), webhooksText());
