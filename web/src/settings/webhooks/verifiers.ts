import go from './verifiers/verify.go?raw';
import node from './verifiers/verify.mjs?raw';
import php from './verifiers/verify.php?raw';
import python from './verifiers/verify.py?raw';
import ruby from './verifiers/verify.rb?raw';

/** A function in each language that verifies a request; the tests run those whose language is installed. */
export const verifiers = { 'Node.js': node, Python: python, PHP: php, Ruby: ruby, Go: go } as const;
export type VerifierLanguage = keyof typeof verifiers;
