// Runs the verifiers of docs/webhooks.md, in the languages installed here, on the requests that a receiver got. Each is
// verified as of the time when it arrived, because verifiers refuse old requests.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const verifiers = fileURLToPath(new URL('../../web/src/settings/webhooks/verifiers/', import.meta.url));

/** For each language, a program that reads the requests, sets the clock for each, and prints whether it verifies. */
const programs = {
  'Node.js': {
    command: [process.execPath, 'main.mjs'],
    file: 'verify.mjs',
    text: `import { readFileSync } from 'node:fs';
import { verify } from './verify.mjs';
const verified = JSON.parse(readFileSync(0, 'utf8')).map((one) => {
  Date.now = () => one.at * 1000;
  return verify(one.secret, one.headers, one.body);
});
console.log(JSON.stringify(verified));`,
  },
  Python: {
    command: ['python3', 'main.py'],
    file: 'verify.py',
    text: `import json, sys, time
from verify import verify
verified = []
for one in json.load(sys.stdin):
    time.time = lambda: one["at"]
    verified.append(verify(one["secret"], one["headers"], one["body"].encode()))
print(json.dumps(verified))`,
  },
  PHP: {
    // The verifier runs in a PHP namespace that has its own `time` function.
    command: ['php', '-d', 'memory_limit=-1', 'main.php'],
    file: 'verify.php',
    text: `<?php
eval('namespace Proof; function time() { return (int) $GLOBALS["at"]; } ?>'
    . str_replace('<?php', '<?php namespace Proof;', file_get_contents('verify.php')));
$verified = [];
foreach (json_decode(stream_get_contents(STDIN), true) as $one) {
    $at = $one['at'];
    $verified[] = \\Proof\\verify($one['secret'], $one['headers'], $one['body']);
}
echo json_encode($verified);`,
  },
  Ruby: {
    command: ['ruby', 'main.rb'],
    file: 'verify.rb',
    text: `require "json"
require_relative "verify"
at = 0
Time.define_singleton_method(:now) { Time.at(at) }
verified = JSON.parse($stdin.read).map do |one|
  at = one["at"]
  verify(one["secret"], one["headers"], one["body"])
end
puts JSON.generate(verified)`,
  },
};

/**
 * How many of `requests` (`{ secret, headers, body, at }`, `at` in seconds) the verifier of each language accepts; null
 * for languages that are not installed.
 */
export function acceptedByLanguage(requests) {
  return Object.entries(programs).map(
    ([
      language,
      {
        command: [program, ...args],
        file,
        text,
      },
    ]) => {
      if (spawnSync(program, ['--version']).status !== 0) return { language, accepted: null };
      const folder = mkdtempSync(join(tmpdir(), 'leadwell-verifier-'));
      try {
        copyFileSync(join(verifiers, file), join(folder, file));
        writeFileSync(join(folder, args.at(-1)), text);
        const input = JSON.stringify(requests);
        const ran = spawnSync(program, args, { cwd: folder, input, encoding: 'utf8', maxBuffer: 2 ** 30 });
        if (ran.status !== 0 || ran.stderr) throw new Error(`${language}: ${ran.stderr}`);
        return { language, accepted: JSON.parse(ran.stdout).filter((one) => one === true).length };
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
}
