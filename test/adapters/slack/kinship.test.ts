/** Who is answered: the token's workspace and its organisation, and nobody of another one. */
import { describe, expect, test } from 'vitest';
import { readArrival } from '../../../adapters/slack/arrival.ts';
import { createKin, type Identity } from '../../../adapters/slack/kinship.ts';
import type { Grid } from '../../../simulator/slack/seed.ts';
import { systemClock } from '../../../src/clock.ts';
import { view } from '../core.ts';
import { openWorkspace } from './workspace.ts';

const ALONE: Identity = { team_id: 'T1' };
const IN_GRID: Identity = { team_id: 'T1', enterprise_id: 'E1' };
const ORG_WIDE: Identity = { team_id: 'E1', enterprise_id: 'E1' };

type Body = Readonly<Record<string, unknown>>;
const outside = (team: string | null, enterprise: string | null) => ({
  team: team === null ? null : { id: team, ...(enterprise !== null && { enterprise_id: enterprise }) },
  enterprise: enterprise === null ? null : { id: enterprise },
});
const press = (home: string | null, team: string | null = 'T1', enterprise: string | null = 'E1'): Body => ({
  type: 'block_actions',
  ...outside(team, enterprise),
  user: { id: 'U1', ...(home !== null && { team_id: home }) },
  channel: { id: 'C1' },
});
const form = (home: string, team: string | null = 'T1', enterprise: string | null = 'E1'): Body => ({
  ...press(home, team, enterprise),
  channel: undefined,
  view: { type: 'modal' },
});
const command = (team: string, enterprise: string | null = 'E1'): Body => ({
  command: '/ris',
  team_id: team,
  ...(enterprise !== null && { enterprise_id: enterprise }),
  user_id: 'U1',
  channel_id: 'C1',
});
const by = (user: string, { event, ...rest }: Body): Body => ({
  ...rest,
  event: { ...(event as object), user },
});
const mention = (home: string | null, more: Body = {}, isShared = false): Body => ({
  team_id: 'T1',
  enterprise_id: 'E1',
  is_ext_shared_channel: isShared,
  event: { type: 'app_mention', user: 'U1', channel: 'C1', ...(home !== null && { team: home }) },
  ...more,
});

const judge = (identity: Identity, listed: readonly string[], ...bodies: readonly Body[]) => {
  const kin = createKin({ listed, identity, clock: systemClock });
  return bodies.map((body) => kin.judge(readArrival(body))).at(-1);
};

describe('ours', () => {
  test.each([
    ['their own workspace', ALONE, [], [press('T1', 'T1', null)]],
    ['no word on the person', ALONE, [], [press(null, 'T1', null)]],
    ['their own workspace in an organisation', IN_GRID, [], [press('T1')]],
    ['the organisation as the person’s team: a button', IN_GRID, [], [press('E1')]],
    ['a form', IN_GRID, [], [form('E1')]],
    ['a mention', IN_GRID, [], [mention('E1')]],
    ['the organisation from another workspace of it', IN_GRID, [], [press('E1', 'T2')]],
    ['a button in another workspace of it', IN_GRID, [], [press('T2', 'T2')]],
    ['a command in another workspace of it', IN_GRID, [], [command('T2')]],
    ['a mention by another workspace of it', IN_GRID, [], [mention('T2')]],
    ['a form before another workspace of it', IN_GRID, [], [form('T2')]],
    [
      'a button where a mention has shown the channel to be ours',
      IN_GRID,
      [],
      [by('U2', mention('T1')), press('T2')],
    ],
    ['a button of somebody who had used a command', IN_GRID, [], [command('T1'), press('T2')]],
    [
      'a button of a workspace that had been ours before',
      IN_GRID,
      [],
      [
        { ...mention('T2'), event: { type: 'app_mention', user: 'U2', channel: 'C2', team: 'T2' } },
        press('T2'),
      ],
    ],
    ['a shared channel, their own people', IN_GRID, [], [mention('T1', {}, true)]],
    ['a shared channel, the organisation', IN_GRID, [], [mention('E1', {}, true)]],
    [
      'a shared channel, somebody who had used a command',
      IN_GRID,
      [],
      [command('T1'), mention('T2', {}, true)],
    ],
    ['for a whole organisation: a mention', ORG_WIDE, [], [mention('T2', { team_id: 'T2' })]],
    ['for a whole organisation: a button', ORG_WIDE, [], [press('T2', 'T2')]],
    ['for a whole organisation: a form', ORG_WIDE, [], [form('T2', null)]],
    ['for a whole organisation, without a workspace', { enterprise_id: 'E1' }, [], [press('E1', 'T2')]],
    ['for a whole organisation that is listed', ORG_WIDE, ['E1'], [press('T2', 'T2')]],
    ['the organisation is listed', IN_GRID, ['E1'], [press('T1')]],
    ['the organisation is listed, another workspace', IN_GRID, ['E1'], [command('T2')]],
    ['workspaces are listed, the organisation as the person’s team', IN_GRID, ['T1'], [press('E1')]],
    ['a listed workspace of somebody else', ALONE, ['T1', 'T9'], [press('T9', 'T1', null)]],
    ['a listed organisation of somebody else', IN_GRID, ['E1', 'E9'], [press('E9')]],
  ] as const)('%s', (_claim, identity, listed, bodies) => {
    expect(judge(identity, listed, ...bodies)).toBe('ours');
  });
});

describe('strangers', () => {
  test.each([
    ['no workspace at all', IN_GRID, [], [press(null, null, null)]],
    ['no workspace, but our organisation', IN_GRID, [], [press(null, null)]],
    ['another workspace, without organisations', ALONE, [], [press('T9', 'T1', null)]],
    ['another workspace, ours stands alone', ALONE, [], [press('T9', 'T1', 'E9')]],
    ['another organisation', IN_GRID, [], [press('E9')]],
    ['another workspace, nothing is known of any organisation', IN_GRID, [], [press('T9', 'T1', null)]],
    [
      'another workspace that says it belongs to another organisation',
      IN_GRID,
      [],
      [press('T9', 'T9', 'E9')],
    ],
    ['another organisation in our shared channel', IN_GRID, [], [mention('E9', {}, true)]],
    [
      'a mention of another workspace, ours stands alone',
      ALONE,
      [],
      [mention('T9', { enterprise_id: undefined }, true)],
    ],
    ['nobody knows who, in a shared channel', IN_GRID, [], [mention(null, {}, true)]],
    [
      'their mention as Slack marks it',
      ALONE,
      [],
      [mention(null, { event: { user: 'U1', channel: 'C1', team: 'T1', user_team: 'T9' } }, true)],
    ],
    ['a command elsewhere', IN_GRID, [], [command('T9', 'E9')]],
    ['a command elsewhere, without an organisation', IN_GRID, [], [command('T9', null)]],
    ['our organisation, when another is listed', IN_GRID, ['E2'], [press('E1')]],
    ['another workspace of ours, when workspaces are listed', IN_GRID, ['T1'], [press('T2', 'T2')]],
    ['for a whole organisation: another one', ORG_WIDE, [], [press('E9', null)]],
  ] as const)('%s', (_claim, identity, listed, bodies) => {
    expect(judge(identity, listed, ...bodies)).toBe('stranger');
  });
});

describe('what stands outside is ours, and the person may be anybody: refused', () => {
  test.each([
    ['a button, before anything was seen', [press('T9')]],
    ['a button in a channel that is shared', [by('U2', mention('T1', {}, true)), press('T9')]],
    [
      'a button in a channel that has been shared since',
      [by('U2', mention('T1')), by('U2', mention('T1', {}, true)), press('T9')],
    ],
    ['a mention in a channel that is shared', [mention('T9', {}, true)]],
    ['a button on a page of their own', [{ ...press('T9'), channel: undefined, view: { type: 'home' } }]],
  ] as const)('%s', (_claim, bodies) => {
    expect(judge(IN_GRID, [], ...bodies)).toBe('unsure');
  });

  test('a day later a channel may be shared', () => {
    let now = 0;
    const kin = createKin({ listed: [], identity: IN_GRID, clock: { ...systemClock, monotonic: () => now } });
    kin.judge(readArrival(mention('T1')));
    now = 23 * 3_600_000;
    expect(kin.judge(readArrival({ ...press('T2'), user: { id: 'U2', team_id: 'T2' } }))).toBe('ours');
    now = 25 * 3_600_000;
    expect(kin.judge(readArrival({ ...press('T3'), user: { id: 'U3', team_id: 'T3' } }))).toBe('unsure');
  });
});

const CARD = view('1002 is Registered', { actions: [{ label: 'Why', command: 'why 1002' }] });
const GRIDS: readonly (readonly [string, Grid])[] = [
  ['the organisation for a team', { enterprise: 'E0NORTH', homes: { ben: 'E0NORTH' } }],
  ['another workspace for a team', { enterprise: 'E0NORTH', homes: { ben: 'T0OTHER' } }],
  [
    'the same, and the app is the organisation’s',
    { enterprise: 'E0NORTH', homes: { ben: 'T0OTHER' }, isOrgWide: true },
  ],
];

test.each(GRIDS)('a colleague with %s asks, presses, and fills in the form', async (_claim, grid) => {
  const { slack, asked, answerWith } = await openWorkspace({ standIn: { grid } });
  answerWith(({ text }) => (text === '1002' ? CARD : view(text)));
  await slack.say('#voice', 'anna', '@risbot 1002');
  const card = await slack.nextMessage('#voice');
  await slack.press('ben', card, 'Why');
  await slack.nextMessage('#voice', ({ text }) => text.includes('why 1002'));
  await slack.slash('ben', '#voice', '/ris');
  const opened = await slack.nextView('ben');
  expect(await slack.suggest('ben', opened, 'form:look-for', '10')).not.toEqual([]);
  await slack.submit('ben', opened, { 'form:look-for': '10' });
  await slack.nextEphemeral('ben', ({ text }) => text.includes('10'));
  await slack.say('#voice', 'ben', '@risbot last');
  await slack.nextMessage('#voice', ({ text }) => text.includes('last'));
  await slack.shortcut('ben', await slack.say('#voice', 'anna', 'see 1003'), 'look_up_phones');
  await slack.nextEphemeral('ben', ({ text }) => text.includes('1003'));
  expect(asked.map(({ person }) => person).filter((person) => person === slack.user('ben').id)).toHaveLength(
    4,
  );
  expect(slack.rejections()).toEqual([]);
});

test.each([
  [
    'of another organisation',
    { enterprise: 'E0NORTH', homes: { ben: 'E0SOUTH' }, shared: ['voice'] },
    'does not answer people',
  ],
  [
    'of another workspace',
    { enterprise: null, homes: { ben: 'T0SOUTH' }, shared: ['voice'] },
    'does not answer people',
  ],
  [
    'of whom only our side is known',
    { enterprise: 'E0NORTH', homes: { ben: 'T0SOUTH' }, shared: ['voice'] },
    'cannot tell yet',
  ],
] as const)('somebody %s, in a shared channel, is told so', async (_claim, grid, words) => {
  const { slack, asked, answerWith, log } = await openWorkspace({ standIn: { grid } });
  answerWith(() => CARD);
  await slack.say('#voice', 'anna', '@risbot 1002');
  const card = await slack.nextMessage('#voice');
  await slack.press('ben', card, 'Why');
  expect((await slack.nextEphemeral('ben')).text).toContain(words);
  await slack.say('#voice', 'ben', '@risbot 1003');
  expect((await slack.nextEphemeral('ben')).text).toContain(words);
  expect(asked).toHaveLength(1);
  expect(log.filter(({ message }) => message.includes('another Slack workspace'))).toHaveLength(2);
});
