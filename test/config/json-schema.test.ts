import { expect, test } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.ts';

const schema = configJsonSchema() as {
  required: string[];
  properties: {
    clusters: { additionalProperties: { properties: Record<string, { description?: string }> } };
  };
};
const cluster = schema.properties.clusters.additionalProperties;

test('an editor learns the settings, which of them are needed, and that nothing else is', () => {
  expect(schema).toMatchObject({ required: ['clusters'], additionalProperties: false });
  expect(cluster).toMatchObject({ required: ['url', 'username'], additionalProperties: false });
  expect(Object.keys(cluster.properties)).toEqual(
    expect.arrayContaining(['url', 'passwordFile', 'requestsPerMinute', 'tls', 'limits', 'axl']),
  );
});

test('every setting of a cluster says what it is', () => {
  const silent = Object.entries(cluster.properties).filter(
    ([, setting]) => setting.description === undefined,
  );
  expect(silent.map(([key]) => key)).toEqual(['tls', 'limits']);
});

test('a number may be a variable, and a password must be one', () => {
  const { requestsPerMinute, password } = cluster.properties;
  expect(requestsPerMinute).toMatchObject({
    anyOf: [{ type: 'integer', minimum: 1, maximum: 18 }, { type: 'string' }],
  });
  const { pattern } = password as { pattern: string };
  expect(new RegExp(pattern, 'u').test(`\${CUCM_PASSWORD}`)).toBe(true);
  expect(new RegExp(pattern, 'u').test('hunter2')).toBe(false);
});
