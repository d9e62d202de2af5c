/** auth, users, usergroups, bots and team. https://docs.slack.dev/reference/methods */
import { refusal } from '../check/message.ts';
import { textAt } from '../json.ts';
import { showGroup, showUser } from '../show.ts';
import { type Methods, page } from './method.ts';

const isTrue = (value: unknown) => value === true || value === 'true' || value === '1';

export const peopleMethods: Methods = {
  'auth.test': {
    tier: 'special',
    scopes: [],
    run: (world) => ({
      url: `https://${world.workspace.domain}.slack.com/`,
      team: world.workspace.name,
      user: world.bot.name,
      team_id: (world.grid.isOrgWide && world.grid.enterprise) || world.workspace.id,
      ...(world.grid.enterprise === null ? {} : { enterprise_id: world.grid.enterprise }),
      user_id: world.bot.user,
      bot_id: world.bot.botId,
      is_enterprise_install: world.grid.isOrgWide === true,
    }),
  },
  'users.info': {
    tier: 4,
    scopes: ['users:read'],
    run(world, args) {
      const user = world.users.get(textAt(args, 'user') ?? '');
      return user === undefined ? refusal('user_not_found') : { user: showUser(world, user) };
    },
  },
  'users.list': {
    tier: 2,
    scopes: ['users:read'],
    run(world, args) {
      const { items, metadata } = page([...world.users.values()], args);
      return { members: items.map((user) => showUser(world, user)), response_metadata: metadata };
    },
  },
  'usergroups.list': {
    tier: 2,
    scopes: ['usergroups:read'],
    run(world, args) {
      const all = [...world.groups.values()].filter(
        (group) => !group.disabled || isTrue(args['include_disabled']),
      );
      return {
        usergroups: all.map((group) => {
          const { users, ...rest } = showGroup(world, group);
          return isTrue(args['include_users']) ? { ...rest, users } : rest;
        }),
      };
    },
  },
  'usergroups.users.list': {
    tier: 2,
    scopes: ['usergroups:read'],
    run(world, args) {
      const group = world.groups.get(textAt(args, 'usergroup') ?? '');
      return group === undefined ? refusal('no_such_subteam') : { users: group.users };
    },
  },
  'bots.info': {
    tier: 3,
    scopes: ['users:read'],
    run(world, args) {
      const { botId, appId, user, name } = world.bot;
      if ((textAt(args, 'bot') ?? botId) !== botId) return refusal('bot_not_found');
      return {
        bot: { id: botId, deleted: false, name, updated: 1_700_000_000, app_id: appId, user_id: user },
      };
    },
  },
  'team.info': {
    tier: 3,
    scopes: ['team:read'],
    run: (world) => ({ team: { ...world.workspace, email_domain: 'example.com' } }),
  },
};
