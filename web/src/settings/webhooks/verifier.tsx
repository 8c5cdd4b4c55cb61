import { useState } from 'react';
import { Card } from '../../ui/card.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Code } from '../tokens/code.tsx';
import { type VerifierLanguage, verifiers } from './verifiers.ts';
import classes from './webhooks.module.css';

const segments = (Object.keys(verifiers) as VerifierLanguage[]).map((value) => ({ value, label: value }));

/** Code to copy into a receiver: verifies that a request comes from this server. */
export function VerifierCard() {
  const [language, setLanguage] = useState<VerifierLanguage>('Node.js');
  return (
    <Card title="Verify signatures">
      <div className={classes.stack}>
        <p className="note">
          Anyone can send requests to a URL, so the receiver should verify the signature with the webhook’s secret
          before it trusts a request. Use any Standard Webhooks library, or this function:
        </p>
        <Segments label="Language" segments={segments} value={language} onChange={setLanguage} />
        <Code label={`${language} code`} text={verifiers[language].trimEnd()} />
      </div>
    </Card>
  );
}
