/** Writes docs/events.md from the catalogue of events. Run by `npm run events`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsText } from './events/document.ts';
import { projectRoot } from './platform/project-root.ts';

writeFileSync(join(projectRoot(), 'docs', 'events.md'), eventsText());
