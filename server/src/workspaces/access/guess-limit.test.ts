import { describe, expect, test } from 'vitest';
import { limitGuesses } from './guess-limit.ts';

function limits() {
  let now = 0;
  const guesses = limitGuesses(() => new Date(now));
  return {
    guesses,
    later: (ms: number) => {
      now += ms;
    },
  };
}

describe('guesses', () => {
  test('at one account are counted across all addresses', () => {
    const { guesses, later } = limits();
    let taken = 0;
    for (let at = 0; at < 600; at += 1) {
      if (guesses.take({ accounts: ['a'], address: `10.0.0.${at % 250}` }) === 0) taken += 1;
      later(1000);
    }
    expect(taken).toBeLessThanOrEqual(30);
  });

  test('from one address, and one IPv6 network, are counted across all accounts', () => {
    const { guesses } = limits();
    for (const address of ['10.0.0.1', '2001:db8::']) {
      const from = (at: number) => (address.includes(':') ? `${address}${at.toString(16)}` : address);
      const taken = Array.from({ length: 300 }, (_, at) => guesses.take({ accounts: [`a${at}`], address: from(at) }));
      expect(taken.filter((seconds) => seconds === 0)).toHaveLength(200);
    }
  });

  test('that open one of several accounts still count against the others', () => {
    const { guesses } = limits();
    const guesser = { accounts: ['mine', 'theirs'], address: '10.0.0.1' };
    for (let at = 0; at < 5; at += 1) {
      expect(guesses.take(guesser)).toBe(0);
      guesses.right(guesser, 'mine');
    }
    expect(guesses.take({ accounts: ['theirs'], address: '10.0.0.2' })).toBeGreaterThan(0);
    expect(guesses.take({ accounts: ['mine'], address: '10.0.0.2' })).toBe(0);
  });

  test('that succeed forgive none of the earlier ones, neither of the account nor of the address', () => {
    const { guesses } = limits();
    const address = '10.0.0.1';
    let taken = 0;
    for (let at = 0; at < 300; at += 1) {
      if (guesses.take({ accounts: [`a${at}`], address }) === 0) taken += 1;
      const own = { accounts: ['mine'], address };
      if (guesses.take(own) === 0) guesses.right(own, 'mine');
    }
    expect(taken).toBe(200);
    for (let at = 0; at < 8; at += 1) {
      const guesser = { accounts: ['b'], address: '10.0.0.2' };
      if (guesses.take(guesser) === 0 && at === 4) guesses.right(guesser, 'b');
    }
    expect(guesses.take({ accounts: ['b'], address: '10.0.0.3' })).toBeGreaterThan(0);
  });

  test('at the accounts of others are counted for the address, from a known browser too', () => {
    const { guesses } = limits();
    const device = { id: 'd', account: 'mine' };
    const tried = Array.from({ length: 300 }, (_, at) =>
      guesses.take({ accounts: [`a${at}`], address: '10.0.0.1', device }),
    );
    expect(tried.filter((seconds) => seconds === 0)).toHaveLength(200);
  });

  test('by others do not slow down a known browser, but only at its own account', () => {
    const { guesses } = limits();
    const device = { id: 'd', account: 'mine' };
    for (let at = 0; at < 40; at += 1) guesses.take({ accounts: ['mine', 'theirs'], address: '10.0.0.1' });
    expect(guesses.take({ accounts: ['mine'], address: '10.0.0.1', device })).toBe(0);
    expect(guesses.take({ accounts: ['theirs'], address: '10.0.0.2', device })).toBeGreaterThan(0);
  });

  test('are forgotten after an hour, and setting back the clock makes nobody wait', () => {
    const { guesses, later } = limits();
    const guesser = { accounts: ['a'], address: '10.0.0.1' };
    const tries = () => Array.from({ length: 60 }, () => guesses.take(guesser)).filter((seconds) => seconds === 0);
    expect(tries()).toHaveLength(5);
    later(1_800_000);
    expect(tries()).toHaveLength(1);
    later(3_600_000);
    expect(tries()).toHaveLength(5);
    later(-3_600_000);
    expect(tries()).toHaveLength(5);
  });

  test('in a known browser are limited too', () => {
    const { guesses } = limits();
    const guesser = { accounts: ['mine'], address: '10.0.0.1', device: { id: 'd', account: 'mine' } };
    expect(Array.from({ length: 60 }, () => guesses.take(guesser)).filter((seconds) => seconds === 0)).toHaveLength(5);
  });

  test('at links are refused after twenty from one address, but not from another', () => {
    const { guesses } = limits();
    const miss = (address: string) => {
      const seconds = guesses.waitToLookUp({ of: 'link', address });
      if (seconds === 0) guesses.missed({ of: 'link', address });
      return seconds;
    };
    expect(Array.from({ length: 60 }, () => miss('10.0.0.1')).filter((seconds) => seconds === 0)).toHaveLength(20);
    expect(miss('10.0.0.2')).toBe(0);
    // All addresses of one network of IPv6 count as one.
    const network = Array.from({ length: 60 }, (_, at) => miss(`2001:db8::${at.toString(16)}`));
    expect(network.filter((seconds) => seconds === 0)).toHaveLength(20);
  });
});
