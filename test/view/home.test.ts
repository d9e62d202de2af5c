import { expect, test } from 'vitest';
import { homeView } from '../../src/view/home.ts';
import { expectGolden } from './golden.ts';

const NOW = Date.UTC(2026, 2, 12, 14);
const prod = {
  name: 'prod',
  allowance: 15,
  left: 12,
  queued: 0,
  pausedMs: 0,
  lastAnswer: NOW - 4000,
  names: 240,
};

test('somebody who has asked before', () => {
  const questions = [
    { command: 'SEP001122334455', at: NOW - 60_000 },
    { command: 'down node:cucm2', at: NOW - 7_200_000 },
  ];
  const lab = { ...prod, name: 'lab', lastAnswer: null, pausedMs: 30_000, names: 0 };
  const view = homeView({ clusters: [prod, lab], questions, watches: null, version: '0.1.0', now: NOW });
  expectGolden('home', view);
  expect(view.actions.map(({ command }) => command)).toEqual([
    'SEP001122334455',
    'down node:cucm2',
    'down',
    'help',
  ]);
});

test('somebody who watches sees how that is doing', () => {
  const room = { platform: 'slack', room: 'C1' };
  const watch = { cluster: 'prod', maker: 'U1', graceMs: null, until: null, createdAt: NOW };
  const watches = [
    { watch: { ...watch, id: 3, room, text: 'desc:"LON*"' }, devices: 312, notUp: 3, openIncidents: 1 },
    {
      watch: {
        ...watch,
        id: 4,
        room: { ...room, room: 'U1', direct: true },
        text: '1002',
        until: 'back' as const,
      },
      devices: 1,
      notUp: 1,
      openIncidents: 0,
    },
  ];
  const view = homeView({ clusters: [prod], questions: [], watches, version: '0.1.0', now: NOW });
  expectGolden('home-watching', view);
  expect(view.actions.map(({ command }) => command)).toEqual(['watches mine', 'down', 'help']);
});

test('somebody new is told what to type, and nothing of questions', () => {
  const view = homeView({ clusters: [prod], questions: [], watches: null, version: '0.1.0', now: NOW });
  expectGolden('home-new', view);
});

test('a long question is a short button that still carries all of it', () => {
  const command = `desc:"${'front desk '.repeat(20)}"`;
  const view = homeView({
    clusters: [prod],
    questions: [{ command, at: NOW }],
    watches: null,
    version: '0.1.0',
    now: NOW,
  });
  expect(view.actions[0]?.label.length).toBeLessThanOrEqual(60);
  expect(view.actions[0]?.command).toBe(command);
});

test('what was asked last is not asked for twice', () => {
  const questions = [{ command: 'down', at: NOW }];
  const view = homeView({ clusters: [prod], questions, watches: null, version: '0.1.0', now: NOW });
  expect(view.actions.map(({ command }) => command)).toEqual(['down', 'help']);
});
