/**
 * The elements of Adaptive Cards 1.3 that Webex shows, as a JSON schema. https://adaptivecards.io/explorer/ and
 * https://developer.webex.com/docs/buttons-and-cards; what is left out of both is listed in docs/simulated-webex.md.
 */
import { CARD } from '../limits.ts';

type Schema = Readonly<Record<string, unknown>>;
type Properties = Readonly<Record<string, Schema>>;

const text = { type: 'string' };
const flag = { type: 'boolean' };
const number = { type: 'number' };
const count = { type: 'integer', minimum: 0 };
const named = { type: 'string', minLength: 1 };
const pixels = { type: 'string', pattern: '^\\d+px$' };
const picture = { type: 'string', pattern: '^https?://' };
const address = { type: 'string', pattern: '^(https?|mailto|tel|sip|webexteams):' };

/** Names of a set, in the reference's spelling or with a capital: renderers take both. */
const oneOf = (...names: readonly string[]): Schema => ({
  enum: names.flatMap((name) => [name, name.charAt(0).toUpperCase() + name.slice(1)]),
});
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const listOf = (items: Schema, most?: number): Schema => ({
  type: 'array',
  items,
  ...(most === undefined ? {} : { maxItems: most }),
});

const object = (properties: Properties, required: readonly string[]): Schema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const typed = (type: string, required: Properties, optional: Properties): Schema =>
  object({ type: { const: type }, ...required, ...optional }, ['type', ...Object.keys(required)]);

const PLACED: Properties = {
  id: named,
  isVisible: flag,
  separator: flag,
  spacing: oneOf('default', 'none', 'small', 'medium', 'large', 'extraLarge', 'padding'),
};
const HEIGHT: Properties = { height: oneOf('auto', 'stretch') };
const LOOK: Properties = {
  color: oneOf('default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'),
  fontType: oneOf('default', 'monospace'),
  isSubtle: flag,
  size: oneOf('default', 'small', 'medium', 'large', 'extraLarge'),
  weight: oneOf('default', 'lighter', 'bolder'),
};
const BOX: Properties = {
  backgroundImage: picture,
  bleed: flag,
  minHeight: pixels,
  selectAction: ref('selectAction'),
  style: oneOf('default', 'emphasis', 'good', 'attention', 'warning', 'accent'),
};
const side = oneOf('left', 'center', 'right');
const level = oneOf('top', 'center', 'bottom');
const imageSize = oneOf('auto', 'stretch', 'small', 'medium', 'large');

const element = (type: string, required: Properties, optional: Properties = {}) =>
  typed(type, required, { ...PLACED, ...HEIGHT, ...optional });
const input = (type: string, required: Properties, optional: Properties) =>
  typed(
    type,
    { id: named, ...required },
    { ...PLACED, ...HEIGHT, label: text, isRequired: flag, errorMessage: text, ...optional },
  );
const action = (type: string, required: Properties, optional: Properties = {}) =>
  typed(type, required, {
    id: named,
    title: named,
    iconUrl: picture,
    style: oneOf('default', 'positive', 'destructive'),
    ...optional,
  });

const image = typed(
  'Image',
  { url: picture },
  {
    ...PLACED,
    altText: text,
    backgroundColor: { type: 'string', pattern: '^#[0-9A-Fa-f]{6,8}$' },
    height: { anyOf: [oneOf('auto', 'stretch'), pixels] },
    horizontalAlignment: side,
    selectAction: ref('selectAction'),
    size: imageSize,
    style: oneOf('default', 'person'),
    width: pixels,
  },
);

const ELEMENTS: readonly Schema[] = [
  element('TextBlock', { text }, { ...LOOK, horizontalAlignment: side, maxLines: count, wrap: flag }),
  element(
    'RichTextBlock',
    { inlines: listOf({ anyOf: [text, ref('textRun')] }) },
    { horizontalAlignment: side },
  ),
  image,
  element('ImageSet', { images: listOf(image) }, { imageSize }),
  element('Container', { items: ref('elements') }, { ...BOX, verticalContentAlignment: level }),
  element('ColumnSet', { columns: listOf(ref('column')) }, { ...BOX, horizontalAlignment: side }),
  element('FactSet', { facts: listOf(object({ title: text, value: text }, ['title', 'value'])) }),
  element('ActionSet', { actions: ref('actions') }),
  input(
    'Input.Text',
    {},
    {
      inlineAction: ref('selectAction'),
      isMultiline: flag,
      maxLength: count,
      placeholder: text,
      regex: { type: 'string', format: 'regex' },
      style: oneOf('text', 'tel', 'url', 'email'),
      value: text,
    },
  ),
  input('Input.Number', {}, { min: number, max: number, placeholder: text, value: number }),
  input('Input.Date', {}, { min: text, max: text, placeholder: text, value: text }),
  input('Input.Time', {}, { min: text, max: text, placeholder: text, value: text }),
  input('Input.Toggle', { title: text }, { value: text, valueOff: text, valueOn: text, wrap: flag }),
  input(
    'Input.ChoiceSet',
    { choices: listOf(object({ title: text, value: named }, ['title', 'value'])) },
    {
      isMultiSelect: flag,
      placeholder: text,
      style: oneOf('compact', 'expanded'),
      value: text,
      wrap: flag,
    },
  ),
];

const INVISIBLE = { anyOf: [named, object({ elementId: named, isVisible: flag }, ['elementId'])] };
const WITHOUT_CARD: readonly Schema[] = [
  action('Action.OpenUrl', { url: address }),
  action('Action.Submit', {}, { data: { type: 'object' }, associatedInputs: oneOf('auto', 'none') }),
  action('Action.ToggleVisibility', { targetElements: listOf(INVISIBLE) }),
];
const BUTTONS: readonly Schema[] = [...WITHOUT_CARD, action('Action.ShowCard', { card: ref('innerCard') })];

/** By type, so that what is said of a wrong one is about its own type. */
const byType = (schemas: readonly Schema[]): Schema => ({
  type: 'object',
  discriminator: { propertyName: 'type' },
  required: ['type'],
  oneOf: schemas,
});

const INNER: Properties = {
  $schema: text,
  actions: ref('actions'),
  backgroundImage: picture,
  body: ref('elements'),
  fallbackText: text,
  lang: text,
  minHeight: pixels,
  selectAction: ref('selectAction'),
  speak: text,
  verticalContentAlignment: level,
};
const version = { enum: ['1.0', '1.1', '1.2', CARD.version] };

export const CARD_SCHEMA: Schema = {
  ...typed('AdaptiveCard', { version }, INNER),
  definitions: {
    innerCard: typed('AdaptiveCard', {}, { version, ...INNER }),
    elements: listOf(byType(ELEMENTS)),
    actions: listOf(byType(BUTTONS), CARD.actions),
    selectAction: byType(WITHOUT_CARD),
    textRun: typed(
      'TextRun',
      { text },
      {
        ...LOOK,
        highlight: flag,
        italic: flag,
        selectAction: ref('selectAction'),
        strikethrough: flag,
        underline: flag,
      },
    ),
    column: object(
      {
        type: { const: 'Column' },
        ...PLACED,
        ...HEIGHT,
        ...BOX,
        items: ref('elements'),
        verticalContentAlignment: level,
        width: { anyOf: [oneOf('auto', 'stretch'), pixels, number, { type: 'string', pattern: '^\\d+$' }] },
      },
      [],
    ),
  },
};
