/** What a message of a bot may be. https://developer.webex.com/docs/api/v1/messages/create-a-message */
import { isObject, type JsonObject, textAt } from '../json.ts';
import { FILE, MESSAGE } from '../limits.ts';
import { type Refusal, refusal } from '../methods/method.ts';
import type { Check } from '../model.ts';
import type { Upload } from '../request.ts';
import { CARD_TYPE } from '../show.ts';
import { checkCard } from './card.ts';
import { problemsOf } from './shape.ts';

/** What was found good. */
export interface Sound {
  readonly text: string | undefined;
  readonly markdown: string | undefined;
  readonly html: string | undefined;
  readonly card: JsonObject | null;
  readonly passed: readonly Check[];
}

const WORDS = { type: 'string' };
const SAID = {
  roomId: WORDS,
  text: WORDS,
  markdown: WORDS,
  attachments: {
    type: 'array',
    maxItems: MESSAGE.attachments,
    items: {
      type: 'object',
      required: ['contentType', 'content'],
      additionalProperties: false,
      properties: { contentType: { const: CARD_TYPE }, content: { type: 'object' } },
    },
  },
};

const POST = problemsOf({
  type: 'object',
  additionalProperties: false,
  properties: { ...SAID, parentId: WORDS, toPersonId: WORDS, toPersonEmail: WORDS },
});

/** The reference suggests to send back what GET gave: what cannot be changed is taken, and means nothing. */
const UNCHANGED = ['id', 'roomType', 'personId', 'personEmail', 'created', 'updated', 'parentId'];
const EDIT = problemsOf({
  type: 'object',
  required: ['roomId'],
  additionalProperties: false,
  properties: {
    ...SAID,
    html: WORDS,
    mentionedPeople: { type: 'array' },
    mentionedGroups: { type: 'array' },
    ...Object.fromEntries(UNCHANGED.map((name) => [name, WORDS])),
  },
});

export function checkPost(body: JsonObject, uploads: readonly Upload[]): Sound | Refusal {
  const { files, ...rest } = body;
  const targets = ['roomId', 'toPersonId', 'toPersonEmail'].filter((name) => body[name] !== undefined);
  const isEmpty = uploads.length === 0 && !hasWords(body);
  const problems = [
    ...POST(rest),
    ...(targets.length === 1 ? [] : ['exactly one of roomId, toPersonId and toPersonEmail is needed']),
    ...(files === undefined ? [] : ['files by URL are not here, only in a multipart form']),
    ...(isEmpty
      ? ['a message needs text, markdown or a file; a card needs text or markdown for clients without cards']
      : []),
    ...checkUploads(body, uploads),
    ...checkLengths(body),
  ];
  return problems.length > 0 ? refusal(400, ...problems) : sound(body, uploads.length > 0);
}

export function checkEdit(body: JsonObject): Sound | Refusal {
  const problems = [
    ...EDIT(body),
    ...(hasWords(body) || textAt(body, 'html') !== undefined ? [] : ['text or markdown is needed']),
    ...(body['markdown'] !== undefined && body['html'] !== undefined
      ? ['html must not be beside markdown']
      : []),
    ...checkLengths(body),
  ];
  return problems.length > 0 ? refusal(400, ...problems) : sound(body, false);
}

function sound(body: JsonObject, hasFile: boolean): Sound | Refusal {
  const card = cardOf(body);
  const problems = card === null ? [] : checkCard(card);
  if (problems.length > 0) return refusal(400, ...problems);
  const passed: Check[] = ['text', 'markdown'].filter(
    (name): name is 'text' | 'markdown' => body[name] !== undefined,
  );
  if (card !== null) passed.push('card');
  if (hasFile) passed.push('file');
  return {
    text: textAt(body, 'text'),
    markdown: textAt(body, 'markdown'),
    html: textAt(body, 'html'),
    card,
    passed,
  };
}

function cardOf({ attachments }: JsonObject): JsonObject | null {
  const [first] = Array.isArray(attachments) ? attachments : [];
  return isObject(first) && isObject(first['content']) ? first['content'] : null;
}

function hasWords(body: JsonObject): boolean {
  return textAt(body, 'text') !== undefined || textAt(body, 'markdown') !== undefined;
}

function checkUploads(body: JsonObject, uploads: readonly Upload[]): readonly string[] {
  const stray = uploads.find(({ field }) => field !== 'files');
  return [
    ...(stray === undefined ? [] : [`unknown field of the form: ${stray.field}`]),
    ...(uploads.length > MESSAGE.files ? [`a message has ${MESSAGE.files} file at most`] : []),
    ...(uploads.length > 0 && body['attachments'] !== undefined
      ? ['a message has a file or a card, not both']
      : []),
    ...(uploads.some(({ content }) => content.length === 0) ? ['the file is empty'] : []),
    ...(uploads.some(({ content }) => content.length > FILE.bytes)
      ? [`a file has ${FILE.bytes} bytes at most`]
      : []),
  ];
}

function checkLengths(body: JsonObject): readonly string[] {
  return ['text', 'markdown', 'html'].flatMap((name) => {
    const length = Buffer.byteLength(textAt(body, name) ?? '');
    return length > MESSAGE.bytes ? [`${name} has ${length} bytes, and may have ${MESSAGE.bytes}`] : [];
  });
}
