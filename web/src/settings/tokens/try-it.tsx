import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Card } from '../../ui/card.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Code } from './code.tsx';
import { type Language, languages, snippet } from './snippets.ts';

const segments = languages.map((value) => ({ value, label: value }));

/** A valid example request in four languages, which can be sent as a test. */
export function TryIt({ id, spec }: { id: string; spec: Shape<'TokenSpec'> }) {
  const [language, setLanguage] = useState<Language>('curl');
  const test = useMutation({
    mutationFn: () => body(api.POST('/v1/tokens/{id}/test', { params: { path: { id } } })),
    onError: (error) => toast.error(asProblem(error), 'Could not send the test.'),
  });
  return (
    <Card
      title="Try it"
      actions={
        <Button loading={test.isPending} onClick={() => test.mutate()}>
          Send test
        </Button>
      }
    >
      <div className="stack">
        <Segments label="Language" segments={segments} value={language} onChange={setLanguage} />
        <Code label={`${language} example`} text={snippet(language, spec.example, spec.placeholder)} />
        <p className="note">
          Replace <span className="mono">{spec.placeholder}</span> with the token. Where to send it:{' '}
          {spec.credential.replaceAll('`', '')}
        </p>
        {test.data && (
          <div role="status" className="stack">
            <strong>Response {test.data.status}. No lead was saved.</strong>
            <Code label="response" text={pretty(test.data.body)} />
          </div>
        )}
      </div>
    </Card>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
