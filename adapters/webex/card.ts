/** As much of Adaptive Cards 1.3 as is used here: https://adaptivecards.io/explorer. Desktop clients of Webex show nothing of a card that strays from the schema. */
import { CARD_VERSION } from './limits.ts';

/** The type that Webex asks for beside the payload. */
export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly url: string;
}

/** Plain text: unlike a TextBlock or a FactSet it has no markup. */
export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size?: 'small' | 'medium';
  readonly weight?: 'bolder';
  readonly color?: 'good' | 'attention' | 'accent';
  readonly isSubtle?: true;
  readonly fontType?: 'monospace';
  readonly selectAction?: OpenUrl;
}

interface Placed {
  readonly spacing?: 'none' | 'small' | 'medium';
  readonly separator?: true;
}

export interface RichText extends Placed {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
}

export interface CardColumn {
  readonly type: 'Column';
  /** A number is a share of the width. */
  readonly width: 'stretch' | `${number}px` | number;
  readonly items: readonly RichText[];
}

export interface ColumnSet extends Placed {
  readonly type: 'ColumnSet';
  readonly columns: readonly CardColumn[];
}

export interface Container extends Placed {
  readonly type: 'Container';
  readonly style: 'good' | 'attention' | 'warning' | 'accent' | 'emphasis';
  readonly items: readonly RichText[];
}

export interface InputText {
  readonly type: 'Input.Text';
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly maxLength: number;
}

export interface InputChoices {
  readonly type: 'Input.ChoiceSet';
  readonly id: string;
  readonly label: string;
  readonly style: 'compact';
  readonly placeholder?: string;
  readonly value?: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
}

/** Buttons in the body: a row of them. */
export interface ActionSet extends Placed {
  readonly type: 'ActionSet';
  readonly actions: readonly CardAction[];
}

export type Element = RichText | ColumnSet | Container | InputText | InputChoices | ActionSet;

/** What a pressed button sends, together with the inputs of its card. */
export type SubmitData = Readonly<Record<string, string | number | boolean>>;

export interface Submit {
  readonly type: 'Action.Submit';
  readonly title: string;
  readonly style?: 'positive' | 'destructive';
  readonly data: SubmitData;
}

/** A button that unfolds a card below itself. */
export interface ShowCard {
  readonly type: 'Action.ShowCard';
  readonly title: string;
  readonly card: {
    readonly type: 'AdaptiveCard';
    readonly body: readonly Element[];
    readonly actions?: readonly CardAction[];
  };
}

export type CardAction = Submit | ShowCard;

export interface CardPayload {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: typeof CARD_VERSION;
  readonly body: readonly Element[];
  readonly actions?: readonly CardAction[];
}

export function cardOf(body: readonly Element[], actions: readonly CardAction[]): CardPayload {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: CARD_VERSION,
    ...withActions(body, actions),
  };
}

/** So many letters, and what surrounds them, are as wide as a phone. */
const ROW = 42;
const AROUND_TITLE = 5;

/** Buttons that go into one row are the card's own; where a phone would have them run out of it, they are rows in the body. */
export function withActions(
  body: readonly Element[],
  actions: readonly CardAction[],
): Pick<CardPayload, 'body' | 'actions'> {
  const rows: CardAction[][] = [];
  let left = 0;
  for (const action of actions) {
    const width = action.title.length + AROUND_TITLE;
    left -= width;
    if (left < 0) {
      rows.push([]);
      left = ROW - width;
    }
    rows.at(-1)?.push(action);
  }
  if (rows.length < 2) return { body, ...(actions.length > 0 && { actions }) };
  const sets = rows.map((row, i): ActionSet => {
    return { type: 'ActionSet', ...(i > 0 && { spacing: 'small' as const }), actions: row };
  });
  return { body: [...body, ...sets] };
}
