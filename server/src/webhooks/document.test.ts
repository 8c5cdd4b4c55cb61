import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../platform/project-root.ts';
import { receiverFiles, receiverText, verifierFiles, verifierText, webhooksText } from './document.ts';
import { showSecret, signature } from './sending/signature.ts';

test('docs/webhooks.md matches what is sent; `npm run events` writes it', () => {
  const written = readFileSync(join(projectRoot(), 'docs', 'webhooks.md'), 'utf8');
  expect(written).toBe(webhooksText());
});

/** How to run a program in each language that reads cases and reports for each whether it verifies. */
const runs: { readonly [L in keyof typeof verifierFiles]: { command: string[]; main: string; text: string } } = {
  'Node.js': {
    command: [process.execPath],
    main: 'main.mjs',
    text: `import { readFileSync } from 'node:fs';
import { verify } from './verify.mjs';
console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map((one) => verify(one.secret, one.headers, one.body))));`,
  },
  Python: {
    command: ['python3'],
    main: 'main.py',
    text: `import json, sys
from verify import verify
print(json.dumps([verify(one["secret"], one["headers"], one["body"].encode()) for one in json.load(sys.stdin)]))`,
  },
  PHP: {
    command: ['php'],
    main: 'main.php',
    text: `<?php require 'verify.php';
$verified = fn($one) => verify($one['secret'], $one['headers'], $one['body']);
echo json_encode(array_map($verified, json_decode(stream_get_contents(STDIN), true)));`,
  },
  Ruby: {
    command: ['ruby'],
    main: 'main.rb',
    text: `require "json"
require_relative "verify"
puts JSON.generate(JSON.parse($stdin.read).map { |one| verify(one["secret"], one["headers"], one["body"]) })`,
  },
  Go: {
    command: ['go', 'run'],
    main: 'main.go',
    text: `package main
import ("encoding/json"; "net/http"; "os"; "example/webhook")
func main() {
	var cases []struct { Secret, Body string; Headers map[string]string }
	json.NewDecoder(os.Stdin).Decode(&cases)
	verified := []bool{}
	for _, one := range cases {
		header := http.Header{}
		for name, value := range one.Headers { header.Set(name, value) }
		verified = append(verified, webhook.Verify(one.Secret, header, []byte(one.Body)))
	}
	json.NewEncoder(os.Stdout).Encode(verified)
}`,
  },
};

const isInstalled = (language: keyof typeof verifierFiles) => {
  const [program = ''] = runs[language].command;
  return spawnSync(program, [language === 'Go' ? 'version' : '--version']).status === 0;
};
const installed = (Object.keys(verifierFiles) as (keyof typeof verifierFiles)[]).filter(isInstalled);

const now = Math.floor(Date.now() / 1000);
const [fresh, former, foreign] = [Buffer.alloc(32, 1), Buffer.alloc(24, 2), Buffer.alloc(32, 3)];
const body = '{"type":"lead.created","name":"Łukasz"}';

function signedBy(secrets: readonly Buffer[], { at = now, id = 'evt_1', sent = body } = {}) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': signature(secrets, { id, timestamp: at, body: sent }),
  };
}
const one = (secret: Buffer, headers: Record<string, string>, verified: boolean) => ({
  secret: showSecret(secret),
  headers,
  body,
  verified,
});
const cases = [
  one(fresh, signedBy([fresh]), true),
  one(fresh, signedBy([fresh, former]), true),
  one(former, signedBy([fresh, former]), true),
  one(former, signedBy([fresh]), false),
  one(fresh, signedBy([foreign]), false),
  one(fresh, { ...signedBy([fresh]), 'webhook-id': 'evt_2' }, false),
  one(fresh, signedBy([fresh], { sent: `${body} ` }), false),
  one(fresh, signedBy([fresh], { at: now - 360 }), false),
  one(fresh, signedBy([fresh], { at: now + 360 }), false),
  one(fresh, { ...signedBy([fresh]), 'webhook-timestamp': 'soon' }, false),
  one(fresh, { ...signedBy([fresh]), 'webhook-signature': 'v1,é v1, x' }, false),
  one(fresh, {}, false),
];

test.each(installed)(
  'the verifier in %s accepts only what was signed with its secret within five minutes',
  async (language) => {
    const folder = await mkdtemp(join(tmpdir(), 'leadwell-verifier-'));
    try {
      const { command, main, text } = runs[language];
      const place = language === 'Go' ? join(folder, 'webhook') : folder;
      await mkdir(place, { recursive: true });
      await writeFile(join(place, verifierFiles[language]), verifierText(verifierFiles[language]));
      await writeFile(join(folder, main), text);
      if (language === 'Go') await writeFile(join(folder, 'go.mod'), 'module example\n\ngo 1.21\n');
      const [program = '', ...args] = command;
      const ran = spawnSync(program, [...args, language === 'Go' ? '.' : main], {
        cwd: folder,
        input: JSON.stringify(cases),
        encoding: 'utf8',
      });
      expect([JSON.parse(ran.stdout || 'null'), ran.stderr]).toEqual([cases.map(({ verified }) => verified), '']);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

const programs = { 'receiver.mjs': process.execPath, 'receiver.py': 'python3' } as const;

test.each(receiverFiles.filter((file) => spawnSync(programs[file], ['--version']).status === 0))(
  'the %s in the docs answers 204 to requests signed by Leadwell and 401 to others',
  async (file) => {
    const folder = await mkdtemp(join(tmpdir(), 'leadwell-receiver-'));
    const port = await freePort();
    const verifier = file.replace('receiver', 'verify');
    await writeFile(join(folder, verifier), verifierText(verifier));
    await writeFile(join(folder, file), receiverText(file).replace('8000', String(port)));
    const child = spawn(programs[file], [file], { cwd: folder, env: { ...process.env, SECRET: showSecret(fresh) } });
    let printed = '';
    child.stdout.on('data', (part) => {
      printed += part;
    });
    try {
      const ask = (headers: Record<string, string>) =>
        fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body }).then(
          ({ status }) => status,
          () => 0,
        );
      await expect.poll(() => ask(signedBy([fresh])), { timeout: 10_000 }).toBe(204);
      expect(await ask(signedBy([foreign]))).toBe(401);
      await expect.poll(() => printed).toBe(`${body}\nRefused a request that Leadwell did not sign.\n`);
    } finally {
      child.kill();
      await once(child, 'exit');
      await rm(folder, { recursive: true });
    }
  },
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
