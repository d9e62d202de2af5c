/** Modals and home tabs. https://docs.slack.dev/reference/views */
import { isList, isObject, type Json, type JsonObject, textAt } from '../json.ts';
import { VIEW } from '../limits.ts';
import { checkBlocks } from './blocks.ts';
import { plain } from './composition.ts';
import {
  anything,
  type Findings,
  flag,
  oneOf,
  type Rule,
  report,
  shaped,
  startFindings,
  text,
} from './rule.ts';

const COMMON = {
  private_metadata: text(VIEW.privateMetadata, 0),
  callback_id: text(VIEW.callbackId, 0),
  external_id: text(VIEW.externalId, 0),
};

const RULES: Readonly<Record<'modal' | 'home', Rule>> = {
  modal: shaped({
    required: { title: plain(VIEW.title), blocks: anything, type: oneOf('modal') },
    optional: {
      ...COMMON,
      close: plain(VIEW.button),
      submit: plain(VIEW.button),
      clear_on_close: flag,
      notify_on_close: flag,
      submit_disabled: flag,
    },
  }),
  home: shaped({ required: { blocks: anything, type: oneOf('home') }, optional: COMMON }),
};

/** What is wrong with a view, with pointers that begin with `/view`. */
export function checkView(view: Json | undefined, surface: 'modal' | 'home'): readonly string[] {
  const findings = startFindings(surface);
  RULES[surface](view ?? null, '/view', findings);
  if (isObject(view)) checkInside(view, findings);
  return findings.problems;
}

function checkInside(view: JsonObject, findings: Findings): void {
  const { blocks } = view;
  if (!isList(blocks)) {
    if (blocks !== undefined) report(findings, '/view/blocks', 'must be an array');
    return;
  }
  checkBlocks(blocks, VIEW.blocks, '/view/blocks', findings);
  const hasInput = blocks.some((block) => isObject(block) && textAt(block, 'type') === 'input');
  if (findings.surface === 'modal' && hasInput && view['submit'] === undefined) {
    report(findings, '/view/submit', 'missing required field: submit');
  }
}
