/** The manifest is what the adapter needs, no less and no more. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppsManifestCreateArguments } from '@slack/web-api';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMAND, EVENT_SCOPES, METHOD_SCOPES, SCOPES, SHORTCUT } from '../adapters/slack/scopes.ts';

const ROOT = join(import.meta.dirname, '..');
type Manifest = Exclude<AppsManifestCreateArguments['manifest'], string>;

const manifest: Manifest = parse(readFileSync(join(ROOT, 'manifest.yml'), 'utf8'));
const source = globSync('adapters/slack/*.ts', { cwd: ROOT })
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');

const found = (pattern: RegExp) =>
  [...new Set([...source.matchAll(pattern)].map(([, name = '']) => name))].sort();

/** As WebClient spells its methods. */
const SPELLED: Readonly<Record<string, string>> = { filesUploadV2: 'files.uploadV2' };

test('every method that is called has its scope in the table, and none is there in vain', () => {
  const called = found(/\bclient\.((?:[a-z]+\.)*[a-zA-Z0-9]+)\(/g).filter(
    (name) => !['on', 'disconnect'].includes(name),
  );
  expect(called.length).toBeGreaterThan(5);
  expect(called.map((name) => SPELLED[name] ?? name).sort()).toEqual(Object.keys(METHOD_SCOPES).sort());
});

test('calls are counted under the name of the method that is called', () => {
  const counted = found(/\brun\(\s*'([^']+)'/g);
  expect(counted).toEqual(Object.keys(METHOD_SCOPES).sort());
});

test('the scopes are those of the methods and events', () => {
  expect([...(manifest.oauth_config?.scopes?.bot ?? [])].sort()).toEqual(SCOPES);
});

test('the events are those that are listened to', () => {
  const heard = found(/\bapp\.event\('([^']+)'/g).map((name) => (name === 'message' ? 'message.im' : name));
  expect(heard).toEqual(Object.keys(EVENT_SCOPES).sort());
  expect([...(manifest.settings?.event_subscriptions?.bot_events ?? [])].sort()).toEqual(heard);
});

test('the command and the shortcut are those that are listened to', () => {
  expect(found(/\bapp\.command\((\w+)/g)).toEqual(['COMMAND']);
  expect(manifest.features?.slash_commands?.map(({ command }) => command)).toEqual([COMMAND]);
  expect(found(/type: 'message_action', callback_id: (\w+)/g)).toEqual(['SHORTCUT']);
  expect(manifest.features?.shortcuts?.map(({ type, callback_id }) => [type, callback_id])).toEqual([
    ['message', SHORTCUT],
  ]);
});

test('what the adapter does is switched on, and nothing else is', () => {
  expect(manifest.settings).toMatchObject({
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
    org_deploy_enabled: false,
    token_rotation_enabled: false,
  });
  expect(manifest.features?.app_home).toEqual({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
  expect(manifest.oauth_config?.scopes?.user).toBeUndefined();
});

/** https://docs.slack.dev/reference/app-manifest */
test('Slack takes its texts', () => {
  const { name, description = '', long_description = '', background_color } = manifest.display_information;
  expect(name.length).toBeLessThanOrEqual(35);
  expect(description.length).toBeLessThanOrEqual(140);
  expect(long_description.length).toBeGreaterThanOrEqual(174);
  expect(long_description.length).toBeLessThanOrEqual(4000);
  expect(background_color).toMatch(/^#[0-9a-f]{6}$/);
  for (const command of manifest.features?.slash_commands ?? []) {
    expect(command.description.length).toBeLessThanOrEqual(2000);
    expect(command.usage_hint?.length).toBeLessThanOrEqual(1000);
  }
  for (const shortcut of manifest.features?.shortcuts ?? []) {
    expect(shortcut.name.length).toBeLessThanOrEqual(24);
    expect(shortcut.description.length).toBeLessThanOrEqual(150);
  }
});
