import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { type Dialect, useDialects } from '../../app/dialects.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/feedback/error-bar.tsx';
import { Form } from '../../ui/form/form.tsx';
import { refreshLead } from '../api/get-lead.ts';
import classes from './paste-request.module.css';
import { isCurl, Unreadable } from './read-curl.ts';
import { type Pasted, readPasted, withToken } from './read-pasted.ts';
import { type Answered, newToken, sendPasted } from './send-pasted.ts';

type TokenChoice = 'own' | 'new' | 'typed';

/** The dialog that sends a copied curl command, or its body, to this server and shows what becomes of it. */
export default function PasteRequest({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState('');
  const [picked, setPicked] = useState<TokenChoice>();
  const [typed, setTyped] = useState('');
  const dialects = useDialects();
  const read = readOrWhy(text, dialects, chosen);
  const token = read.pasted?.hasToken === false && picked !== 'typed' ? 'new' : (picked ?? 'own');
  const sending = useSending();
  const isBody = text.trim() !== '' && !isCurl(text);
  return (
    <Dialog onClose={onClose} title="Paste a request" size="lg">
      <Form
        className={classes.form}
        onSubmit={() =>
          read.pasted && sending.mutate({ pasted: read.pasted, token: token === 'typed' ? typed : token })
        }
      >
        <Textarea
          label="A curl command, or the body of a request"
          description="It is sent to this server only, whatever address is in it."
          classNames={{ input: classes.text ?? '' }}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            sending.reset();
          }}
          autosize
          minRows={5}
          maxRows={14}
          spellCheck={false}
          required
          withAsterisk={false}
          data-autofocus
        />
        {isBody && (
          <WhichApi dialects={dialects} value={chosen || (read.pasted?.dialect.name ?? '')} onChange={setChosen} />
        )}
        <p role="status" className={classes.read} data-bad={read.why !== undefined || undefined}>
          {read.why ?? (read.pasted && readWords(read.pasted))}
        </p>
        {read.pasted && (
          <WhichToken
            hasOwn={read.pasted.hasToken}
            value={token}
            onChange={setPicked}
            typed={typed}
            onType={setTyped}
          />
        )}
        {sending.error && <ErrorBar problem={asProblem(sending.error)} what="Could not send it." />}
        {sending.data && <Answer answered={sending.data} />}
        <div className="form-actions">
          <Button onClick={onClose}>{sending.data ? 'Close' : 'Cancel'}</Button>
          <Button type="submit" variant="filled" loading={sending.isPending} disabled={read.why !== undefined}>
            {sending.data ? 'Send again' : 'Send'}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** What a text was read as, or why it cannot be; neither while it is empty. */
function readOrWhy(text: string, dialects: readonly Dialect[], chosen: string): { pasted?: Pasted; why?: string } {
  if (text.trim() === '' || dialects.length === 0) return {};
  try {
    return { pasted: readPasted(text, dialects, chosen) };
  } catch (error) {
    if (error instanceof Unreadable) return { why: error.message };
    throw error;
  }
}

function readWords({ request: { method, target }, dialect }: Pasted): string {
  return `${dialect.title}: ${method} ${target.replace(/\?.*$/s, '')}`;
}

/** Sends with the token in the request, a new one, or the one given. */
function useSending() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ pasted: { request, dialect }, token }: { pasted: Pasted; token: string }) => {
      if (token === 'own') return sendPasted(request);
      const secret = token === 'new' ? await newToken(dialect) : token.trim();
      return sendPasted(withToken(request, secret));
    },
    onSuccess: () => refreshLead(client),
  });
}

interface ApiProps {
  dialects: readonly Dialect[];
  value: string;
  onChange: (name: string) => void;
}

function WhichApi({ dialects, value, onChange }: ApiProps) {
  return (
    <NativeSelect
      label="API"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[{ value: '', label: 'Choose…' }, ...dialects.map(({ name, title }) => ({ value: name, label: title }))]}
    />
  );
}

interface TokenProps {
  hasOwn: boolean;
  value: TokenChoice;
  onChange: (value: TokenChoice) => void;
  typed: string;
  onType: (token: string) => void;
}

function WhichToken({ hasOwn, value, onChange, typed, onType }: TokenProps) {
  return (
    <>
      <NativeSelect
        label="Token"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value as TokenChoice)}
        data={[
          ...(hasOwn ? [{ value: 'own', label: 'The one in the request' }] : []),
          { value: 'new', label: 'A new one, named “Pasted request”' },
          { value: 'typed', label: 'Another one' },
        ]}
      />
      {value === 'typed' && (
        <TextInput
          label="The other token"
          value={typed}
          onChange={({ currentTarget }) => onType(currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
        />
      )}
    </>
  );
}

function Answer({ answered: { status, text, lead } }: { answered: Answered }) {
  return (
    <section aria-label="Response" role="status" className={classes.answer}>
      <strong>Answered with {status}</strong>
      {lead && (
        <span>
          {' · '}
          <Link to="/leads/$id" params={{ id: lead.id }}>
            {lead.name ?? 'Open the lead'}
          </Link>
        </span>
      )}
      <pre className={classes.text}>{text}</pre>
      {status === 401 && <p>This server does not recognise the token. Send the request with a new one.</p>}
    </section>
  );
}
